using System.Text;
using CsCheck;
using Uploader.Inspection.Pdf;

namespace Inspection.Tests;

public sealed class MendingWordsTests
{
    [Fact]
    public void The_first_of_many_is_found()
    {
        // The words, what they begin with, and what makes them stand anywhere.
        Gen.OneOf(["obj", "trailer", "ob", "o", "b", "j", "tr", "traile", "t", "r", "endobj", "x", " ", "\n", "0123456789abcdef"]).Array[0, 60].Sample(
            parts => Judge(string.Concat(parts)), iter: 50_000);
    }

    [Theory]
    [InlineData("obj")]
    [InlineData("trailer")]
    public void A_word_is_found_wherever_it_stands(string word)
    {
        for (var before = 0; before < 100; before++)
        {
            for (var behind = 0; behind < 100; behind++)
                Judge(new string('t', before) + word + new string('o', behind));
        }
    }

    private static void Judge(string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        var expected = new[] { "obj", "trailer" }.Select(word => text.IndexOf(word, StringComparison.Ordinal)).Where(at => at >= 0).DefaultIfEmpty(-1).Min();
        var found = MendingWords.IndexIn(bytes);
        Assert.Equal(expected, found);
        if (found >= 0)
            Assert.True(bytes.AsSpan(found).StartsWith(MendingWords.At(bytes.AsSpan(found))));
    }
}
