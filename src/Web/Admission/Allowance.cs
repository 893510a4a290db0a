using Uploader.Inspection;
using Uploader.Shared.Configuration;
using Uploader.Shared.Keys;
using Uploader.Shared.Storage;
using Uploader.Web.Receiving;
using Uploader.Web.Refusals;

namespace Uploader.Web.Admission;

/// <summary>What one request may hold: what the service takes, or less where its key is restricted to less.</summary>
internal sealed class Allowance
{
    private readonly LimitOptions _limits;
    private readonly KeyOptions _key;
    private readonly bool _isLessByKey;
    private readonly long _maxFileSize;
    private readonly long _maxRequestSize;

    public Allowance(LimitOptions limits, KeyOptions key, UploadForm form)
    {
        (_limits, _key) = (limits, key);
        _isLessByKey = key.MaxSize < limits.MaxFileSize;
        _maxFileSize = _isLessByKey ? key.MaxSize!.Value : limits.MaxFileSize;
        _maxRequestSize = _isLessByKey ? (long)Int128.Min(limits.MaxRequestSize, ((Int128)_maxFileSize * form.MaxFiles) + FormSize) : limits.MaxRequestSize;
    }

    /// <summary>What the operator allows for the form around the files, in bytes.</summary>
    public long FormSize => _limits.MaxRequestSize - _limits.MaxFileSize;

    /// <param name="bytes">Declared, or come so far.</param>
    public Refusal? RefusesRequest(long bytes) => bytes > _maxRequestSize ? TooLarge($"A request may hold at most {ByteSize.Write(_maxRequestSize)}, a file {ByteSize.Write(_maxFileSize)}") : null;

    /// <param name="bytes">Come so far.</param>
    public Refusal? RefusesFile(long bytes) => bytes > _maxFileSize ? TooLarge($"A file may hold at most {ByteSize.Write(_maxFileSize)}") : null;

    /// <param name="fileName">As the client wrote it.</param>
    /// <param name="type">The kind of file it says it is; null when it is refused.</param>
    public Refusal? RefusesName(string fileName, out FileType? type)
    {
        type = null;
        if (Extension.Of(fileName) is not { } extension || !_limits.AllowedTypes.Contains(extension) || !FileTypes.TryFind(extension, out type))
            return Catalogue.TypeNotAllowed.Because($"Accepted are {Named(_limits.AllowedTypes)}.");
        if (_key.AllowsType(extension))
            return null;
        type = null;
        return Catalogue.TypeNotForKey.Because($"Accepted with this key are {Named(_limits.AllowedTypes.Where(_key.AllowsType))}.");
    }

    private static string Named(IEnumerable<string> types) =>
        string.Join(", ", types.Select(type => "." + type)) is { Length: > 0 } names ? $"files named {names}" : "no files at all";

    private Refusal TooLarge(string detail) => _isLessByKey ? Catalogue.TooLargeForKey.Because($"{detail} with this key.") : Catalogue.TooLarge.Because($"{detail}.");
}
