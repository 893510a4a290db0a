using CsCheck;
using Uploader.Inspection.Polyglots;

namespace Inspection.Tests.Polyglots;

public sealed class ScriptStartsTests
{
    [Fact]
    public void The_first_of_many_is_found()
    {
        // Of what begins something and what stands behind it, and the values beside those.
        Gen.OneOf(["<", "#", "_", "!", "%", "?", "a", "H", "h", "Z", "z", "@", ">", "{", "\0", " ", "\u0080", "\u00FF"]).Array[0, 100].Sample(
            parts => Judge([.. parts.Select(part => (byte)part[0])]), iter: 50_000);
    }

    [Fact]
    public void Each_pair_of_bytes_is_judged_alike_wherever_it_stands()
    {
        var text = new byte[70];
        for (var pair = 0; pair <= ushort.MaxValue; pair++)
        {
            var at = pair % (text.Length - 1);
            Array.Fill(text, (byte)' ');
            (text[at], text[at + 1]) = ((byte)(pair >> 8), (byte)pair);
            Judge(text);
        }
    }

    private static void Judge(byte[] text)
    {
        var expected = Enumerable.Range(0, text.Length).Where(at => MayBegin(text[at], at + 1 < text.Length ? text[at + 1] : null)).DefaultIfEmpty(-1).First();
        Assert.Equal(expected, ScriptStarts.IndexIn(text));
    }

    private static bool MayBegin(byte first, byte? second) => first switch
    {
        (byte)'<' => second is null or 0 or (byte)'!' or (byte)'%' or (>= (byte)'?' and <= (byte)'z'),
        (byte)'_' => second is null or (byte)'h' or (byte)'H' or (byte)'!' or (byte)'%',
        (byte)'#' => second is null or (byte)'!' or (byte)'%',
        _ => false,
    };
}
