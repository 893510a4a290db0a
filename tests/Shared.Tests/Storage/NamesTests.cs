using System.Text;
using CsCheck;
using Uploader.Shared.Storage;

namespace Shared.Tests.Storage;

public sealed class NamesTests
{
    private static readonly Gen<string> AnyName = Gen.OneOf(
        Gen.String[Gen.Char, 0, 400],
        Gen.String[Gen.Char["a./\\\u202e\u200b\ud83d\ude00\n\0é\u2028"], 0, 400],
        Gen.Select(Gen.String[Gen.Char["aé\ud83d\ude00"], 0, 400], Gen.String[Gen.Char.AlphaNumeric, 0, 18]).Select((stem, extension) => $"{stem}.{extension}"));

    [Theory]
    [InlineData("holiday.png", "holiday.png")]
    [InlineData("../../x.png", "x.png")]
    [InlineData("C:\\Users\\eve\\x.png", "x.png")]
    [InlineData("a/b\\c/d.png", "d.png")]
    [InlineData("a\r\nb.png", "a\uFFFD\uFFFDb.png")]
    [InlineData("a\0b.png", "a\uFFFDb.png")]
    [InlineData("a\u001b[31mb\u007f\u0085.png", "a\uFFFD[31mb\uFFFD\uFFFD.png")]
    [InlineData("a\u2028b\u2029.png", "a\uFFFDb\uFFFD.png")]
    [InlineData("gpj.\u202egnp.exe", "gpj.gnp.exe")]
    [InlineData("a\u2066\u200b\u200d\ufeffb.png", "ab.png")]
    [InlineData("\ud83d\ude00.png", "\ud83d\ude00.png")]
    [InlineData(" x.png ", "x.png")]
    [InlineData("", DisplayName.None)]
    [InlineData("folder/", DisplayName.None)]
    [InlineData("..", DisplayName.None)]
    [InlineData(" . ", DisplayName.None)]
    [InlineData("\u200b\u3164", DisplayName.None)]
    public void A_name_is_kept_for_display(string name, string kept) => Assert.Equal(kept, DisplayName.Of(name));

    // Not a row above: between discovery and run, rows travel as UTF-8.
    [Fact]
    public void A_lone_surrogate_is_kept_as_a_mark() => Assert.Equal("a\uFFFD.png", DisplayName.Of("a\ud83d.png"));

    [Fact]
    public void A_long_name_keeps_its_extension()
    {
        Assert.Equal(new string('a', 251) + ".png", DisplayName.Of(new string('a', 4000) + ".png"));
        Assert.Equal(new string('a', 255), DisplayName.Of(new string('a', 4000)));
        Assert.Equal(string.Concat(Enumerable.Repeat("\ud83d\ude00", 62)) + ".png", DisplayName.Of(string.Concat(Enumerable.Repeat("\ud83d\ude00", 500)) + ".png"));
    }

    [Fact]
    public void No_name_ever_gets_past_the_rules() => AnyName.Sample(name =>
    {
        var kept = DisplayName.Of(name);
        Assert.InRange(Encoding.UTF8.GetByteCount(kept), 1, DisplayName.LongestLength);
        Assert.Equal(kept, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(kept)));
        Assert.DoesNotContain(kept.EnumerateRunes(), rune => !Glyphs.AreShown(rune) || rune.Value is '/' or '\\');
        Assert.Equal(kept, DisplayName.Of(kept));
    }, iter: 20_000);

    [Theory]
    [InlineData("a.png", "png")]
    [InlineData("a.PnG", "png")]
    [InlineData("a.png.php", "php")]
    [InlineData("a.php.png", "png")]
    [InlineData(".png", "png")]
    [InlineData("folder.png/a", null)]
    [InlineData("folder.png\\", null)]
    [InlineData("png", null)]
    [InlineData("", null)]
    [InlineData("a.", null)]
    [InlineData("a.png.", null)]
    [InlineData("a.png ", null)]
    [InlineData("a.png\0", null)]
    [InlineData("a.php\0.png", "png")]
    [InlineData("a.php::$DATA", null)]
    [InlineData("a.m\u212a4", null)] // Kelvin sign, lower-cased a k
    [InlineData("a.\u0661", null)] // an Arabic digit
    [InlineData("a.0123456789abcdef", "0123456789abcdef")]
    [InlineData("a.0123456789abcdefg", null)]
    public void The_last_extension_counts(string name, string? extension) => Assert.Equal(extension, Extension.Of(name));

    [Fact]
    public void Every_extension_is_fit_for_a_path() => AnyName.Sample(name =>
        Extension.Of(name) is not { } extension || StoredName.New(extension).FileName.EndsWith($".{extension}", StringComparison.Ordinal));

    [Fact]
    public void An_extension_survives_what_is_cut_for_display() => AnyName.Sample(name =>
    {
        if (Extension.Of(name) is { } extension && DisplayName.Of(name) != DisplayName.None)
            Assert.Equal(extension, Extension.Of(DisplayName.Of(name)));
    });

    [Fact]
    public void An_id_carries_128_bits_in_26_characters()
    {
        Assert.Equal(new string('0', 26), StoredId.Of(0));
        Assert.Equal("7zzzzzzzzzzzzzzzzzzzzzzzzz", StoredId.Of(UInt128.MaxValue));
        Assert.Equal("0000000000000000000000000z", StoredId.Of(31));
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => StoredId.New()).Distinct().Count());
    }

    [Fact]
    public void Different_bits_are_different_ids() => Gen.Select(Gen.ULong, Gen.ULong, Gen.Int[0, 127]).Sample((high, low, bit) =>
    {
        var id = new UInt128(high, low);
        return StoredId.Of(id) != StoredId.Of(id ^ (UInt128.One << bit));
    });

    [Theory]
    [InlineData("plain/é/😀", "plain/é/😀")]
    [InlineData("a\nb\u001b", "a\\x0ab\\x1b")]
    [InlineData("a\\x0a", "a\\\\x0a")]
    [InlineData("\u202e", "\\u202e")]
    [InlineData("\U000E0041", "\\ue0041")]
    public void A_path_is_shown_without_what_could_deceive(string path, string shown) => Assert.Equal(shown, DisplayPath.Of(path));

    [Fact]
    public void Bytes_that_are_no_text_are_shown_one_by_one() => Assert.Equal("a\\xff\\xc3(", DisplayPath.Of([(byte)'a', 0xFF, 0xC3, (byte)'(']));

    [Fact]
    public void A_path_of_any_bytes_is_shown_safely_and_at_bounded_length() => Gen.Byte.Array[0, 3000].Sample(bytes =>
    {
        var shown = DisplayPath.Of(bytes);
        return shown.Length <= 4 * 1024 + 1 && shown.EnumerateRunes().All(Glyphs.AreShown);
    });
}
