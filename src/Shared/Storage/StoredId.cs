using System.Buffers;
using System.Security.Cryptography;

namespace Uploader.Shared.Storage;

/// <summary>
/// 128 random bits as 26 characters of Crockford's base 32, lower-case: no i, l, o, u to misread, no case for a file system to fold.
/// The name of a stored file, and of a staged one. The storage's only source of randomness.
/// </summary>
internal static class StoredId
{
    public const int Length = 26;
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private static readonly SearchValues<char> Characters = SearchValues.Create(Alphabet);

    public static string New()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        return Of(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    /// <summary>Whether the text could be an id; not whether there is such a file.</summary>
    public static bool IsPossible(ReadOnlySpan<char> text) => text.Length == Length && !text.ContainsAnyExcept(Characters);

    public static string Of(UInt128 bits) => string.Create(Length, bits, static (text, rest) =>
    {
        for (var i = text.Length - 1; i >= 0; i--, rest >>= 5)
            text[i] = Alphabet[(int)(rest & 31)];
    });
}
