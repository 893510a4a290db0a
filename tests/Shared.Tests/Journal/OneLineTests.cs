using Uploader.Shared.Journal;

namespace Shared.Tests.Journal;

public sealed class OneLineTests
{
    [Theory]
    [InlineData("plain text, ümlaut, 漢字, 🙂", "plain text, ümlaut, 漢字, 🙂")]
    [InlineData("", "")]
    [InlineData("a\nb", @"a\nb")]
    [InlineData("a\r\nb", @"a\r\nb")]
    [InlineData("\t", @"\t")]
    [InlineData("nul\0", @"nul\0")]
    [InlineData("\u001b[31mred", @"\u001b[31mred")]
    [InlineData("\u007f", @"\u007f")]
    [InlineData("\u0085next line", @"\u0085next line")]
    [InlineData("\u009b31m", @"\u009b31m")]
    [InlineData("\u2028\u2029", @"\u2028\u2029")]
    [InlineData("\u202egnp.exe", @"\u202egnp.exe")]
    [InlineData("\u2066x\u2069", @"\u2066x\u2069")]
    [InlineData("\u200f\u061c\ufeff", @"\u200f\u061c\ufeff")]
    [InlineData("<0>as it is", "<0>as it is")]
    public void What_breaks_or_turns_a_line_is_shown(string text, string line) =>
        Assert.Equal(line, OneLine.Escape(text));

    [Fact]
    public void No_control_character_survives()
    {
        var every = string.Concat(Enumerable.Range(0, 0xd800).Select(c => (char)c));

        Assert.DoesNotContain(OneLine.Escape(every), c => char.IsControl(c) || c is '\u2028' or '\u2029');
    }
}
