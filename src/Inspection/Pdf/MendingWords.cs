using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Uploader.Inspection.Pdf;

/// <summary>
/// Finds <c>obj</c> and <c>trailer</c>, by which readers find objects and trailers that mend a file: both in one pass, by the first two letters, 32 at a time. All of a file goes
/// through here.
/// </summary>
internal static class MendingWords
{
    private static ReadOnlySpan<byte> Object => "obj"u8;

    private static ReadOnlySpan<byte> Trailer => "trailer"u8;

    /// <returns>Where the first one begins; -1: there is none.</returns>
    public static int IndexIn(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return -1;
        var bytes = MemoryMarshal.Cast<byte, Vector256<byte>>(text);
        var behind = MemoryMarshal.Cast<byte, Vector256<byte>>(text[1..]);
        for (var i = 0; i < behind.Length; i++)
        {
            for (var starts = Starts(bytes[i], behind[i]); starts != 0; starts &= starts - 1)
            {
                var at = (i * Vector256<byte>.Count) + BitOperations.TrailingZeroCount(starts);
                if (!At(text[at..]).IsEmpty)
                    return at;
            }
        }

        for (var at = behind.Length * Vector256<byte>.Count; at < text.Length; at++)
        {
            if (!At(text[at..]).IsEmpty)
                return at;
        }

        return -1;
    }

    /// <returns>The word that the text begins with; empty: it begins with none.</returns>
    public static ReadOnlySpan<byte> At(ReadOnlySpan<byte> text) => text.StartsWith(Object) ? Object : text.StartsWith(Trailer) ? Trailer : [];

    public static bool IsObject(ReadOnlySpan<byte> word) => word.SequenceEqual(Object);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Starts(Vector256<byte> bytes, Vector256<byte> behind)
    {
        var isObject = Vector256.Equals(bytes, Vector256.Create((byte)'o')) & Vector256.Equals(behind, Vector256.Create((byte)'b'));
        var isTrailer = Vector256.Equals(bytes, Vector256.Create((byte)'t')) & Vector256.Equals(behind, Vector256.Create((byte)'r'));
        return (isObject | isTrailer).ExtractMostSignificantBits();
    }
}
