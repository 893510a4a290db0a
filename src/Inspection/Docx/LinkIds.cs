using System.Buffers;
using System.IO.Hashing;
using System.Text;

namespace Uploader.Inspection.Docx;

/// <summary>
/// The ids by which a part names its links. Only their hashes are kept, as there may be many: an id that is taken for another one can refuse a document, and
/// hides nothing.
/// </summary>
internal sealed class LinkIds
{
    public const int MaxLength = 255;

    /// <summary>More than names have (ISO/IEC 29500-2, 6.5.3.4), and nothing that XML could write in two ways.</summary>
    private static readonly SearchValues<char> OfIds = SearchValues.Create(Enumerable.Range('!', '~' - '!' + 1).Select(c => (char)c).Except("\"'&<").ToArray());

    private readonly HashSet<ulong> _hashes = [];
    private int _longest;

    /// <returns>False: that is no id.</returns>
    public bool TryAdd(string id)
    {
        if (id.Length is 0 or > MaxLength || id.AsSpan().ContainsAnyExcept(OfIds))
            return false;
        Span<byte> bytes = stackalloc byte[MaxLength];
        _longest = Math.Max(_longest, id.Length);
        _hashes.Add(XxHash3.HashToUInt64(bytes[..Encoding.ASCII.GetBytes(id, bytes)]));
        return true;
    }

    public bool Contains(ReadOnlySpan<byte> id) => !id.IsEmpty && id.Length <= _longest && _hashes.Contains(XxHash3.HashToUInt64(id));
}
