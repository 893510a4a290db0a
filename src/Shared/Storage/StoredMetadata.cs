using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Uploader.Shared.Storage;

/// <summary>
/// What is known of a stored file, read back from the attributes that <see cref="Metadata"/> wrote. Null: it is not there, or it is nothing this service
/// would have written, for whoever plants a file in the tree writes its attributes too.
/// </summary>
/// <param name="Name">What the client called it, fit for display.</param>
/// <param name="Sha256">64 lower-case hex digits.</param>
/// <param name="Type">The media type.</param>
/// <param name="Key">The name of the key.</param>
/// <param name="From">The client's address.</param>
/// <param name="At">When it was committed, in UTC.</param>
/// <param name="SentSha256">Of what was sent, where metadata was dropped from it.</param>
internal sealed record StoredMetadata(string? Name, string? Sha256, string? Type, string? Key, string? From, DateTimeOffset? At, string? SentSha256 = null)
{
    public const string NameAttribute = "user.uploader.name";
    public const string Sha256Attribute = "user.uploader.sha256";
    public const string SentSha256Attribute = "user.uploader.sent-sha256";
    public const string TypeAttribute = "user.uploader.type";
    public const string KeyAttribute = "user.uploader.key";
    public const string FromAttribute = "user.uploader.from";
    public const string AtAttribute = "user.uploader.at";
    public const string AtFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>More than the longest of ours, a name of <see cref="DisplayName.LongestLength"/> bytes.</summary>
    private const int LongestValue = 512;

    /// <param name="file">Open for reading: a handle that is only a path has no attributes.</param>
    /// <exception cref="PosixException">They could not be read, which is not the same as not being there.</exception>
    public static StoredMetadata Of(SafeFileHandle file) => new(
        Text(file, NameAttribute) is { } name ? DisplayName.Of(name) : null,
        Digest(file, Sha256Attribute),
        Word(file, TypeAttribute),
        KeyOf(file),
        Word(file, FromAttribute),
        DateTimeOffset.TryParseExact(Word(file, AtAttribute), AtFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null,
        Digest(file, SentSha256Attribute));

    /// <summary>The name of the key alone, in one system call.</summary>
    /// <exception cref="PosixException">It could not be read.</exception>
    public static string? KeyOf(SafeFileHandle file) => Word(file, KeyAttribute);

    private static string? Digest(SafeFileHandle file, string attribute) =>
        Word(file, attribute) is { Length: 64 } digest && digest.All(char.IsAsciiHexDigitLower) ? digest : null;

    /// <summary>Printable ASCII without blanks: nothing that moves a cursor or forges a column.</summary>
    private static string? Word(SafeFileHandle file, string attribute) =>
        Text(file, attribute) is { Length: > 0 } text && !text.AsSpan().ContainsAnyExceptInRange('!', '~') ? text : null;

    private static string? Text(SafeFileHandle file, string attribute)
    {
        Span<byte> value = stackalloc byte[LongestValue];
        var length = Libc.FGetXAttr(file, attribute, ref MemoryMarshal.GetReference(value), (nuint)value.Length);
        if (length >= 0)
            return Encoding.UTF8.GetString(value[..(int)length]);
        return Marshal.GetLastPInvokeError() is Errno.NoData or Errno.NotSupported or Errno.OutOfRange ? null : throw PosixException.Last("fgetxattr", attribute);
    }
}
