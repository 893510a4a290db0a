using System.IO.Compression;
using System.IO.Hashing;
using Inspection.Tests.Samples;
using Support;
using Uploader.Inspection;
using Uploader.Inspection.Polyglots;
using Uploader.Inspection.Reading;

namespace Inspection.Tests.Polyglots;

public sealed class ForeignFormatsTests
{
    public static TheoryData<string> ArchiveKinds => ["a rar", "a new rar", "a 7z"];

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(40_000, false)]
    [InlineData(65_513, false)]
    [InlineData(74_170, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(40_000, true)]
    public void A_zip_behind_anything_is_found_with_what_readers_allow_behind_it(int behind, bool withComment)
    {
        var zip = Zip(withComment ? "a comment" : "");
        byte[] file = [.. Bytes.Png(100_000), .. zip, .. new byte[behind]];
        Assert.Equal(file.LongLength - behind - zip.Length + LastIndexOfEnd(zip), ZipEnd.Find(FileBytes.Of(file)));
    }

    [Fact]
    public void A_zip_is_found_whose_offsets_are_those_of_the_whole_file()
    {
        var picture = Bytes.Png(70_000);
        var whole = new MemoryStream();
        whole.Write(picture);
        using (var zip = new ZipArchive(whole, ZipArchiveMode.Create, leaveOpen: true))
            zip.CreateEntry("a");
        Assert.NotNull(ZipEnd.Find(FileBytes.Of(whole.ToArray())));
    }

    [Fact]
    public void An_empty_zip_is_found() => Assert.Equal(100, ZipEnd.Find(FileBytes.Of((byte[])[.. Bytes.Png(100), .. "PK\x05\x06"u8, .. new byte[18]])));

    [Fact]
    public void A_lookalike_is_no_zip_and_many_of_them_cost_no_more_than_a_few()
    {
        byte[] lookalike = [.. "PK\x05\x06"u8, .. Enumerable.Repeat((byte)3, 18)];
        Assert.Null(ZipEnd.Find(FileBytes.Of((byte[])[.. new byte[1000], .. lookalike])));

        var many = FileBytes.Of((byte[])[.. new byte[1_000_000], .. Enumerable.Repeat(lookalike, 2900).SelectMany(bytes => bytes)]);
        Assert.NotNull(ZipEnd.Find(many));
        Assert.InRange(many.Read, 1, 16 * FileBytes.Window);
    }

    [Theory]
    [MemberData(nameof(ArchiveKinds))]
    public void An_archive_is_found_wherever_its_reader_looks_for_it_and_in_whatever_pieces_it_comes(string which)
    {
        foreach (var at in new[] { 200, 65_530, 300_000 })
        {
            var file = new byte[400_000];
            Archive(which).CopyTo(file, at);
            foreach (var piece in new[] { 1, 5, 31, 32, 4093, 65_536, 400_000 })
                Assert.Equal(at, Find(file, piece));
        }
    }

    [Fact]
    public void A_signature_alone_is_no_7z()
    {
        var archive = Archive("a 7z");
        archive[20]++;
        Assert.Null(Find(archive, 64));
    }

    [Theory]
    [InlineData("png")]
    [InlineData("jpg")]
    [InlineData("mp4")]
    public void Fifty_megabytes_of_random_bytes_are_nothing_else(string extension)
    {
        for (var seed = 0; seed < 3; seed++)
            Assert.Equal(Sample.Accepted, Inspected.Verdict(Inspected.Of(extension, Bytes.ByExtension[extension](50 * Bytes.MiB, seed), 64 << 10)));
    }

    [Theory]
    [InlineData("png")]
    [InlineData("mp4")]
    public void Everything_but_the_first_and_last_of_a_large_file_is_read_once(string extension)
    {
        Assert.True(FileTypes.TryFind(extension, out var type));
        var inspector = type.Inspector(InspectionPolicy.Default);
        var bytes = Bytes.ByExtension[extension](5 * Bytes.MiB, 1);
        var file = FileBytes.Of(bytes);
        Assert.Null(inspector.Feed(bytes));
        Assert.Null(inspector.Conclude(file));
        Assert.InRange(file.Read, 1, 4 * FileBytes.Window);
    }

    [Fact]
    public void A_zip_farther_from_the_end_than_any_reader_looks_is_none() =>
        Assert.Null(ZipEnd.Find(FileBytes.Of((byte[])[.. Bytes.Png(1000), .. Zip(""), .. new byte[74_192]])));

    [Fact]
    public void An_archive_is_found_in_metadata_in_whatever_pieces_it_comes()
    {
        foreach (var archive in new[] { Archived.Zip, Archived.Cabinet, Archived.Wim, Archived.Installer })
        {
            foreach (var piece in new[] { 1, 7, 29, 30, 4096 })
            {
                var scan = BuriedArchives.Scan();
                byte[] bytes = [.. new byte[1000], .. archive, .. new byte[1000]];
                Assert.Contains(bytes.Chunk(piece), chunk => scan.Feed(chunk) is not null);
            }
        }
    }

    [Theory]
    [InlineData(4, 64)]
    [InlineData(8, 7)]
    [InlineData(9, 1)]
    [InlineData(26, 0)]
    [InlineData(27, 0xFF)]
    public void A_signature_alone_is_no_zip(int at, byte value)
    {
        var zip = Archived.Zip;
        zip[at] = value;
        Assert.Null(BuriedArchives.Scan().Feed(zip));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(12)]
    [InlineData(20)]
    [InlineData(24)]
    [InlineData(25)]
    public void A_signature_alone_is_no_cabinet(int at)
    {
        var cabinet = Archived.Cabinet;
        cabinet[at]++;
        Assert.Null(BuriedArchives.Scan().Feed(cabinet));
    }

    [Theory]
    [InlineData("1 0 obj<<", true)]
    [InlineData("12345 00000\r\n obj\n", true)]
    [InlineData("0\00\fobj%", true)]
    [InlineData("a 1 obj ", false)]
    [InlineData("10obj ", false)]
    [InlineData("1 0 objects", false)]
    [InlineData("1 0 obj", false)]
    [InlineData("1 0 an obj ", false)]
    public void An_object_of_a_PDF_is_found_in_whatever_pieces_it_comes(string text, bool isOne)
    {
        foreach (var piece in new[] { 1, 7, 127, 128, 4096 })
        {
            var scan = BuriedPdf.Scan();
            byte[] bytes = [.. new byte[1000], .. System.Text.Encoding.ASCII.GetBytes(text)];
            Assert.Equal(isOne, bytes.Chunk(piece).Any(chunk => scan.Feed(chunk) is not null));
        }
    }

    [Theory]
    [InlineData("007040\0 ", 3616, true)]
    [InlineData("  7040 \0", 3616, true)]
    [InlineData("00007040", 3616, true)]
    [InlineData("7040x123", 3616, true)]
    [InlineData("0o7_040 ", 3616, true)]
    [InlineData("\u00800\0\0\0\0\u000e\u0020", 3616, false)]
    [InlineData("\u0080\0\0\0\0\0\u000e\u0020", 3616, true)]
    [InlineData("007041\0 ", 3616, false)]
    [InlineData("\0\0\0\0\0\0\0\0", 256, false)]
    [InlineData("000400\0 ", 256, true)]
    public void A_tar_is_known_by_its_sum_however_it_is_written(string field, int sum, bool isOne)
    {
        var block = new byte[512];
        for (int left = sum - 256, at = 0; left > 0; left -= block[at++])
            block[at] = (byte)Math.Min(left, 100);
        System.Text.Encoding.Latin1.GetBytes(field).CopyTo(block, 148);
        Assert.Equal(isOne, TarHeader.Is(block));
    }

    [Fact]
    public void A_tar_is_known_by_the_sum_of_signed_bytes()
    {
        var block = new byte[512];
        (block[0], block[1]) = (200, 100);
        "000454\0 "u8.CopyTo(block.AsSpan(148));
        Assert.True(TarHeader.Is(block));
        "001054\0 "u8.CopyTo(block.AsSpan(148));
        Assert.True(TarHeader.Is(block));
    }

    [Fact]
    public void A_program_is_found_in_whatever_pieces_it_comes()
    {
        byte[][] programs = [[0x7F, .. "ELF"u8, 2, 1, 1, 0], [.. "MZ"u8, .. new byte[60], .. "!This program cannot be run in DOS mode.\r\n"u8]];
        foreach (var program in programs)
        {
            foreach (var piece in new[] { 1, 7, 63, 64, 4096 })
            {
                var scan = Programs.Scan();
                byte[] bytes = [.. new byte[1000], .. program, .. new byte[1000]];
                Assert.Contains(bytes.Chunk(piece), chunk => scan.Feed(chunk) is not null);
            }
        }
    }

    private static byte[] Archive(string which) => which switch
    {
        "a rar" => [.. "Rar!\x1A\x07\x00"u8, .. new byte[30]],
        "a new rar" => [.. "Rar!\x1A\x07\x01\x00"u8, .. new byte[30]],
        _ => SevenZip(),
    };

    private static byte[] SevenZip()
    {
        byte[] header = [.. new byte[8], 90, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4];
        return [(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C, 0, 4, .. BitConverter.GetBytes(Crc32.HashToUInt32(header)), .. header];
    }

    private static long? Find(byte[] file, int piece)
    {
        var scan = Archives.Scan();
        for (var at = 0; at < file.Length; at += piece)
        {
            if (scan.Feed(file.AsSpan(at, Math.Min(piece, file.Length - at))) is var (offset, _))
                return offset;
        }

        return null;
    }

    private static byte[] Zip(string comment)
    {
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.Comment = comment;
            zip.CreateEntry("a.class");
        }

        return file.ToArray();
    }

    private static int LastIndexOfEnd(byte[] zip) => zip.AsSpan().LastIndexOf("PK\x05\x06"u8);
}
