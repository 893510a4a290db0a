using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Uploader.Inspection.Polyglots;

/// <summary>
/// Finds where script may begin, by a byte and the one behind it, 32 at a time: nearly all of a file is passed over here. In random bytes, one in a thousand may.
/// </summary>
internal static class ScriptStarts
{
    /// <returns>The first; -1 where nothing may begin. What is behind the last byte is not known, so that may if any byte behind it would let it.</returns>
    public static int IndexIn(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return -1;
        var bytes = MemoryMarshal.Cast<byte, Vector256<byte>>(text);
        var behind = MemoryMarshal.Cast<byte, Vector256<byte>>(text[1..]);
        for (var i = 0; i < behind.Length; i++)
        {
            var starts = Starts(bytes[i], behind[i]);
            if (starts != Vector256<byte>.Zero)
                return i * Vector256<byte>.Count + FirstOf(starts);
        }

        // Padded with what begins nothing, and stands behind all that begins something.
        var looked = behind.Length * Vector256<byte>.Count;
        Span<byte> rest = stackalloc byte[Vector256<byte>.Count + 1];
        rest.Fill((byte)'!');
        text[looked..].CopyTo(rest);
        var last = Starts(Vector256.Create<byte>(rest), Vector256.Create<byte>(rest[1..]));
        return last != Vector256<byte>.Zero ? looked + FirstOf(last) : -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Starts(Vector256<byte> bytes, Vector256<byte> behind)
    {
        // "!" and "%"; letters, "?" and some that no tell goes on with; the zero is UTF-16's.
        var isMark = Vector256.Equals(behind & Vector256.Create((byte)0xFB), Vector256.Create((byte)'!'));
        var isLetter = Vector256.LessThanOrEqual(behind - Vector256.Create((byte)'?'), Vector256.Create((byte)('z' - '?')));
        var isZero = Vector256.IsZero(behind);
        var isTag = Vector256.Equals(bytes, Vector256.Create((byte)'<')) & (isMark | isLetter | isZero);
        var isShell = Vector256.Equals(bytes, Vector256.Create((byte)'#')) & isMark;
        // The second of two, as lines of them are in honest texts. A mark only for the sake of the padding.
        var isPhar = Vector256.Equals(bytes, Vector256.Create((byte)'_')) & (Vector256.Equals(behind & Vector256.Create((byte)0xDF), Vector256.Create((byte)'H')) | isMark);
        return isTag | isShell | isPhar;
    }

    private static int FirstOf(Vector256<byte> starts) => BitOperations.TrailingZeroCount(starts.ExtractMostSignificantBits());
}
