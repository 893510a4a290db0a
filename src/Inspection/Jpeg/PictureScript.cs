using System.Buffers;
using Uploader.Inspection.Reading;

namespace Uploader.Inspection.Jpeg;

/// <summary>
/// Finds a picture that a browser would run as a script: SOI and the next marker are letters in Latin-1 and so a name, and the length behind them can read
/// <c>/*</c> or <c>//</c>. A name that nobody declared can do no more than be given a value or be a label, so behind the comment comes <c>=</c> or <c>:</c>.
/// </summary>
internal static class PictureScript
{
    private const int LongestSpace = 64;
    private const int MostComments = 16;

    // The length alone may be that of all of a camera's pictures. Chance ends their "comment" with a sign and these in one of 2^18.
    private const int Code = 8;

    private static readonly SearchValues<byte> Text = SearchValues.Create([(byte)'\t', (byte)'\n', (byte)'\r', .. Enumerable.Range(' ', '~' - ' ' + 1).Select(b => (byte)b)]);

    private static ReadOnlySpan<byte> Space => " \t\r\n"u8;

    /// <returns>Where its code begins.</returns>
    public static long? Find(FileBytes file)
    {
        long at = Math.Max(0, file.At(0, FileBytes.Window).IndexOfAnyInRange((byte)0, (byte)0x7F));
        for (var comments = 0; comments < MostComments; comments++)
        {
            at += SpaceAt(file, at);
            if (CommentEnd(file, at) is not { } end)
                return comments > 0 && IsCode(file.At(at, 1 + Code)) ? at : null;
            at = end;
        }

        return at;
    }

    private static int SpaceAt(FileBytes file, long at) => file.At(at, LongestSpace) is var bytes && bytes.IndexOfAnyExcept(Space) is >= 0 and var space ? space : bytes.Length;

    /// <returns>Null: there is no comment, or no end of it.</returns>
    private static long? CommentEnd(FileBytes file, long at) => file.At(at, 2) switch
    {
        [(byte)'/', (byte)'*'] => IndexOf(file, at + 2, "*/"u8) + 2,
        [(byte)'/', (byte)'/'] => Min(IndexOf(file, at + 2, "\n"u8), IndexOf(file, at + 2, "\r"u8)) + 1,
        _ => null,
    };

    private static bool IsCode(ReadOnlySpan<byte> code) =>
        code is [(byte)'=' or (byte)':', ..] && (code[1..] is [(byte)'/', (byte)'/' or (byte)'*', ..] || (code.Length > Code && !code[1..].ContainsAnyExcept(Text)));

    private static long? IndexOf(FileBytes file, long from, ReadOnlySpan<byte> bytes)
    {
        for (var start = from; start < file.Length; start += FileBytes.Window - bytes.Length + 1)
        {
            if (file.At(start, FileBytes.Window).IndexOf(bytes) is >= 0 and var next)
                return start + next;
        }

        return null;
    }

    private static long? Min(long? one, long? other) => one < other || other is null ? one : other;
}
