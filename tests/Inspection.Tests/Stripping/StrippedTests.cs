using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Inspection.Tests.Samples;
using Uploader.Inspection;
using static Inspection.Tests.Samples.JpegFile;

namespace Inspection.Tests.Stripping;

public sealed class StrippedTests
{
    private static readonly string[] PixelChunks = ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "iCCP", "gAMA", "cHRM", "sRGB", "acTL", "fcTL", "fdAT"];

    private static ReadOnlySpan<byte> Secret => "52.5200N 13.4050E"u8;

    public static TheoryData<string> EveryPng => [.. AllSamples.Accepted.Where(sample => sample.Extension == "png").Select(sample => sample.Name)];

    public static TheoryData<string> EveryJpeg => [.. AllSamples.Accepted.Where(sample => sample.Extension is "jpg" or "jpeg").Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(EveryPng))]
    public void A_png_keeps_each_byte_that_makes_its_picture_and_nothing_unknown(string name)
    {
        var bytes = AllSamples.Named(name).Bytes();
        var stripped = Strip("png", bytes);
        Assert.Equal(Chunks(bytes).Where(chunk => PixelChunks.Contains(chunk.Type)), Chunks(stripped).Where(chunk => PixelChunks.Contains(chunk.Type)));
        Assert.DoesNotContain(Chunks(stripped), chunk => chunk.Type is "tEXt" or "zTXt" or "iTXt" or "tIME" or "fiLr" or "prVt");
        IsWholeAndStaysSo("png", bytes, stripped);
    }

    [Theory]
    [MemberData(nameof(EveryJpeg))]
    public void A_jpeg_keeps_each_byte_that_makes_its_picture_and_nothing_else(string name)
    {
        var bytes = AllSamples.Named(name).Bytes();
        var stripped = Strip("jpg", bytes);
        var units = JpegUnits.Of(stripped);
        Assert.NotNull(units);
        Assert.Equal(stripped.Length, units.End);
        Assert.Equal(MakingPicture(JpegUnits.Of(bytes)!), MakingPicture(units));
        Assert.All(units.Units, unit => Assert.False(unit.Marker is (>= 0xE3 and <= 0xEF and not 0xEE) or 0xFE));
        IsWholeAndStaysSo("jpg", bytes, stripped);
    }

    [Fact]
    public void Of_a_png_nothing_is_left_that_says_where()
    {
        var stripped = Strip("png", PngFile.Of(
            PngFile.Header(),
            PngFile.Text("Comment", Secret),
            PngFile.PackedText("Comment", PngFile.Zlib(Secret)),
            PngFile.InternationalText("XML:com.adobe.xmp", isPacked: false, Secret),
            PngFile.Chunk("eXIf", [.. Exif(6), .. Secret]),
            PngFile.Chunk("prVt", Secret),
            PngFile.Chunk("sPLT", Secret),
            PngFile.Pixels(2),
            PngFile.Text("Comment", Secret),
            PngFile.Chunk("tIME", [7, 234, 1, 1, 0, 0, 0]),
            PngFile.End));
        Assert.Equal(["IHDR", "eXIf", "IDAT", "IEND"], Chunks(stripped).Select(chunk => chunk.Type));
        Assert.True(stripped.AsSpan().IndexOf(Secret) < 0);
    }

    [Fact]
    public void Of_a_jpeg_nothing_is_left_that_says_where()
    {
        byte[] other = With(Comment(Secret));
        byte[] file = With(
            Application(0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 1, 6, .. Secret, 0]),
            Application(0, [.. "JFXX\0"u8, .. Secret]),
            Application(1, [.. "Exif\0\0"u8, .. Exif(6), .. Secret]),
            Application(1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Secret]),
            Application(2, [.. "ICC_PROFILE\0"u8, 1, 1, 5]),
            Application(2, [.. "MPF\0"u8, .. Secret]),
            Application(13, [.. "Photoshop 3.0\0"u8, .. Secret]),
            Application(14, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 1, .. Secret]),
            Comment(Secret));
        var stripped = Strip("jpg", [.. file, .. other, .. Secret]);
        Assert.Equal([0xD8, 0xE0, 0xE1, 0xE2, 0xEE, 0xDB, 0xC0, 0xC4, 0xDA, 0, 0xD9], JpegUnits.Of(stripped)!.Units.Select(unit => (int)unit.Marker));
        Assert.True(stripped.AsSpan().IndexOf(Secret) < 0);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 2)]
    [InlineData(6, 6)]
    [InlineData(8, 8)]
    [InlineData(9, 0)]
    [InlineData(0, 0)]
    public void A_picture_is_turned_as_before(byte said, int kept)
    {
        var jpeg = JpegUnits.Of(Strip("jpg", With(Application(1, [.. "Exif\0\0"u8, .. Exif(said)]))))!.Units.FirstOrDefault(unit => unit.Marker == 0xE1).Content;
        var png = Chunks(Strip("png", PngFile.With(PngFile.Chunk("eXIf", Exif(said))))).FirstOrDefault(chunk => chunk.Type == "eXIf").Content;
        Assert.Equal(kept == 0 ? null : Convert.ToHexString([.. "Exif\0\0"u8, .. Exif((byte)kept)]), jpeg is null ? null : Convert.ToHexString(jpeg));
        Assert.Equal(kept == 0 ? null : Convert.ToHexString(Exif((byte)kept)), png);
    }

    [Theory]
    [InlineData("4949 2A00 08000000 0200 0F01 0200 05000000 26000000 1201 0300 01000000 0300 0000 00000000 414243440000")]
    [InlineData("4D4D 002A 00000008 0002 010F 0002 00000005 00000026 0112 0003 00000001 0003 0000 00000000 414243440000")]
    public void Its_orientation_is_found_in_either_byte_order(string exif) =>
        Assert.Equal(Convert.ToHexString(Exif(3)), Chunks(Strip("png", PngFile.With(PngFile.Chunk("eXIf", Convert.FromHexString(exif.Replace(" ", "")))))).Single(chunk => chunk.Type == "eXIf").Content);

    /// <summary>An orientation and no more, as it is written.</summary>
    private static byte[] Exif(byte orientation) =>
        [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];

    private static byte[] Strip(string extension, byte[] file, int piece = int.MaxValue)
    {
        Assert.True(FileTypes.TryFind(extension, out var type));
        var stripper = type.Stripper!();
        var kept = new ArrayBufferWriter<byte>();
        for (var at = 0; at < file.Length; at += Math.Min(piece, file.Length - at))
            stripper.Feed(file.AsSpan(at, Math.Min(piece, file.Length - at)), kept);
        return kept.WrittenSpan.ToArray();
    }

    private static void IsWholeAndStaysSo(string extension, byte[] bytes, byte[] stripped)
    {
        Assert.Equal(Sample.Accepted, Inspected.Verdict(Inspected.Of(extension, stripped)));
        Assert.Equal(stripped, Strip(extension, stripped));
        Assert.All(new[] { 1, 7, 4093 }, piece => Assert.Equal(stripped, Strip(extension, bytes, piece)));
    }

    private static IEnumerable<(string Type, string Content)> Chunks(byte[] file)
    {
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            yield return (Encoding.ASCII.GetString(file, at + 4, 4), Convert.ToHexString(file, at + 8, length));
            at += length + 12;
        }
    }

    private static IEnumerable<(byte Marker, string Content)> MakingPicture(JpegUnits units) =>
        units.Units.Where(unit => unit.Marker is < 0xE0 or (> 0xEF and not 0xFE)).Select(unit => (unit.Marker, Convert.ToHexString(unit.Content)));
}
