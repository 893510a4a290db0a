using CsCheck;
using Uploader.Inspection;

namespace Inspection.Tests;

public sealed class SignatureTests
{
    private static readonly Dictionary<string, byte[]> Beginnings = new()
    {
        ["jpg"] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF"u8],
        ["jpeg"] = [0xFF, 0xD8, 0xFF, 0xE1, 0, 16, .. "Exif"u8],
        ["png"] = [0x89, .. "PNG\r\n\x1a\n"u8, 0, 0, 0, 13, .. "IHDR"u8],
        ["pdf"] = [.. "%PDF-1.7\n"u8],
        ["docx"] = [.. "PK\x03\x04"u8, 20, 0, 6, 0],
        ["mp4"] = [0, 0, 0, 32, .. "ftypisom"u8],
    };

    public static TheoryData<string, string> EveryContentUnderEveryExtension() =>
        new MatrixTheoryData<string, string>(Beginnings.Keys, FileTypes.SupportedExtensions);

    [Theory]
    [MemberData(nameof(EveryContentUnderEveryExtension))]
    public void Content_matches_its_own_extension_and_no_other(string content, string extension)
    {
        var belongs = content == extension || (content, extension) is ("jpg", "jpeg") or ("jpeg", "jpg");
        var expected = belongs ? SignatureVerdict.Match : SignatureVerdict.Mismatch;
        var start = Beginnings[content];

        Assert.Equal(expected, Check(extension).Feed(start));
        foreach (var pieceLength in new[] { 1, 2, 3, 5, 7 })
        {
            var check = Check(extension);
            foreach (var piece in start.Chunk(pieceLength))
                check.Feed(piece);
            Assert.Equal(expected, check.Verdict);
            Assert.Equal(expected, check.End());
        }
    }

    [Theory]
    [InlineData("png", "<?php system($_GET['c']);")]
    [InlineData("jpg", "<?php system($_GET['c']);")]
    [InlineData("pdf", "<script>alert(1)</script>")]
    [InlineData("pdf", "\n%PDF-1.7")]
    [InlineData("pdf", "%pdf-1.7")]
    [InlineData("pdf", "%PDF 1.7")]
    [InlineData("png", "\u007fPNG\r\n")]
    [InlineData("docx", "PK\u0005\u0006")]
    [InlineData("docx", "#!/bin/sh")]
    [InlineData("mp4", "\0\0\0\u0020moov")]
    public void What_begins_like_something_else_is_a_mismatch(string extension, string content)
    {
        var bytes = System.Text.Encoding.Latin1.GetBytes(content);
        Assert.Equal(SignatureVerdict.Mismatch, Check(extension).Feed(bytes));
        var check = Check(extension);
        Assert.Contains(bytes, one => check.Feed([one]) == SignatureVerdict.Mismatch);
    }

    [Fact]
    public void A_png_that_lost_its_line_ends_on_the_way_is_a_mismatch() =>
        Assert.Equal(SignatureVerdict.Mismatch, Check("png").Feed([0x89, .. "PNG\n\x1a\n"u8, 0]));

    [Theory]
    [InlineData(0u, "Mismatch")]
    [InlineData(1u, "Mismatch")]
    [InlineData(7u, "Mismatch")]
    [InlineData(8u, "Match")]
    [InlineData(24u, "Match")]
    [InlineData(1024u * 1024, "Match")]
    [InlineData((1024u * 1024) + 1, "Mismatch")]
    [InlineData(uint.MaxValue, "Mismatch")]
    public void A_file_type_box_has_a_sane_size(uint size, string expected)
    {
        byte[] start = [(byte)(size >> 24), (byte)(size >> 16), (byte)(size >> 8), (byte)size, .. "ftypisom"u8];
        Assert.Equal(expected, Check("mp4").Feed(start).ToString());
    }

    [Theory]
    [InlineData("jpg", 3)]
    [InlineData("png", 8)]
    [InlineData("pdf", 5)]
    [InlineData("docx", 4)]
    [InlineData("mp4", 8)]
    public void A_file_is_undecided_until_its_signature_is_whole_and_a_mismatch_when_it_ends_before(string extension, int length)
    {
        for (var known = 0; known < length; known++)
        {
            var check = Check(extension);
            Assert.Equal(SignatureVerdict.Undecided, check.Feed(Beginnings[extension].AsSpan(0, known)));
            Assert.Equal(SignatureVerdict.Mismatch, check.End());
            Assert.Equal(SignatureVerdict.Mismatch, check.Feed(Beginnings[extension]));
        }

        var whole = Check(extension);
        Assert.Equal(SignatureVerdict.Match, whole.Feed(Beginnings[extension].AsSpan(0, length)));
        Assert.Equal(SignatureVerdict.Match, whole.End());
    }

    [Fact]
    public void A_verdict_stays_whatever_follows()
    {
        var match = Check("pdf");
        match.Feed("%PDF-"u8);
        Assert.Equal(SignatureVerdict.Match, match.Feed("<?php"u8));

        var mismatch = Check("pdf");
        mismatch.Feed("x"u8);
        Assert.Equal(SignatureVerdict.Mismatch, mismatch.Feed("%PDF-"u8));
    }

    [Fact]
    public void How_a_file_is_cut_into_pieces_does_not_matter() =>
        Gen.Select(Gen.OneOf([.. FileTypes.SupportedExtensions]), Gen.OneOf([.. Beginnings.Values]), Gen.Int[0, 15], Gen.Byte, Gen.Int[1, 6].Array[1, 20])
            .Sample((extension, beginning, at, flip, cuts) =>
            {
                var content = beginning.ToArray();
                content[at % content.Length] ^= flip;
                var whole = Check(extension);
                whole.Feed(content);

                var pieces = Check(extension);
                var rest = content.AsSpan();
                for (var i = 0; !rest.IsEmpty; i++)
                {
                    var cut = Math.Min(cuts[i % cuts.Length], rest.Length);
                    pieces.Feed(rest[..cut]);
                    rest = rest[cut..];
                }

                Assert.Equal(whole.End(), pieces.End());
            }, iter: 20_000);

    private static SignatureCheck Check(string extension)
    {
        Assert.True(FileTypes.TryFind(extension, out var type));
        return new SignatureCheck(type.Signature);
    }
}
