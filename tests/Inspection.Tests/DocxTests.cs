using System.IO.Compression;
using System.Text;
using CsCheck;
using Inspection.Tests.Proof;
using Inspection.Tests.Samples;
using Support;
using Uploader.Inspection;
using Uploader.Inspection.Reading;

namespace Inspection.Tests;

public sealed class DocxTests
{
    /// <summary>
    /// Where a bit may be another one and the document still be accepted, because no reader takes a part's name or content from there. In packed bytes: padding, and
    /// what deflate can say in two ways; the content is the same. A number that a data descriptor has is zero in front of it, and may as well be the right one.
    /// </summary>
    private static readonly string[] MayDiffer =
        [ZipFields.MadeBy, ZipFields.Version, ZipFields.Time, ZipFields.Internal, ZipFields.External, ZipFields.ExtraId, ZipFields.Extra, ZipFields.Packed, ZipFields.Announced];

    public static TheoryData<string> Good =>
    [
        "zip-builder.docx", "zip-stored.docx", "zip-descriptors.docx", "zip-bare-descriptors.docx", "zip-wide-records.docx", "zip-wide-records-alone.docx", "zip-wide-size-alone.docx",
        "zip-wide-not-needed.docx", "zip-wide-blank.docx", "zip-archive-comment-of-docx-rs.docx", "zip-wide-descriptors.docx", "zip-wide-bare-descriptors.docx", "packed-zip-64.docx", "packed-zip-streamed.docx", "packed-python-64.docx",
    ];

    [Theory]
    [MemberData(nameof(Good))]
    public void A_document_that_is_cut_off_anywhere_is_refused(string name)
    {
        var file = AllSamples.Named(name).Bytes();
        Assert.All(Enumerable.Range(0, file.Length), length => Assert.NotEqual(Sample.Accepted, Verdict(file[..length])));
    }

    [Theory]
    [MemberData(nameof(Good))]
    public void A_document_with_anything_before_or_behind_it_is_refused(string name)
    {
        var file = AllSamples.Named(name).Bytes();
        Gen.OneOf(Gen.Byte.Array[1, 200], Gen.Int[1, file.Length].Select(length => file[..length]), Gen.Int[1, file.Length].Select(length => file[^length..])).Sample(
            more => (more is [(byte)'\n'] || Verdict([.. file, .. more]) != Sample.Accepted) && Verdict([.. more, .. file]) != Sample.Accepted, iter: 1000);
    }

    [Theory]
    [MemberData(nameof(Good))]
    public void A_bit_that_is_flipped_is_refused_or_the_document_is_the_same(string name)
    {
        var file = AllSamples.Named(name).Bytes();
        var fields = ZipFields.Of(file);
        var parts = PartsOf(file);
        // Of what is packed every seventh byte: the checksum is over all of it.
        foreach (var at in Enumerable.Range(0, file.Length).Where(at => fields[at] != ZipFields.Packed || at % 7 == 0))
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var flipped = Pictures.With(file, at, (byte)(1 << bit));
                if (Verdict(flipped) != Sample.Accepted)
                    continue;
                Assert.True(MayDiffer.Contains(fields[at]), $"bit {bit} at {at}, in {fields[at]}");
                Assert.True(parts.SequenceEqual(PartsOf(flipped)), $"bit {bit} at {at}, in {fields[at]}, makes it another document");
            }
        }
    }

    [Theory]
    [InlineData(16_384, Sample.Accepted)]
    [InlineData(16_385, "too-complex")]
    public void A_document_has_as_many_links_as_ids_fit_into_memory(int count, string verdict)
    {
        var links = string.Concat(Enumerable.Range(0, count).Select(i => $"<Relationship Id=\"a{i}\" Type=\"{DocxBuilder.Office}hyperlink\" Target=\"https://example.org\" TargetMode=\"External\"/>"));
        Assert.Equal(verdict, Verdict(DocxBuilder.With(DocxBuilder.DocumentRelationships(links))));
    }

    [Fact]
    public void No_input_passes_the_bounds()
    {
        var files = Good.Select(row => AllSamples.Named(row.Data).Bytes()).ToArray();
        Gen.Select(Gen.Int[0, files.Length - 1], Gen.Select(Gen.Double.Unit, Gen.OneOf(Records), Gen.Bool).Array[1, 6], Gen.Bool).Sample((index, changes, isMended) =>
        {
            var file = files[index];
            foreach (var (part, record, isInserted) in changes)
            {
                var at = (int)(file.Length * part);
                file = [.. file[..at], .. record, .. file[(isInserted ? at : Math.Min(file.Length, at + record.Length))..]];
            }

            if (isMended)
                Checksums.Mend("docx", file);
            IsJudgedWithinBounds(file);
        }, iter: 10_000);
    }

    // Its ZIP file is right whatever is in its parts, so that all of them are read.
    [Fact]
    public void No_part_passes_the_bounds()
    {
        ZipPart[] parts = [.. DocxBuilder.Parts(DocxBuilder.DocumentRelationships(DocxBuilder.Relationship(DocxBuilder.Office + "hyperlink", "https://example.org", isExternal: true)))];
        Gen.Select(Gen.Select(Gen.Int[0, parts.Length - 1], Gen.Double.Unit, Gen.OneOf(Markup), Pictures.OneOf(1, 1, 1, 1000)).Array[1, 6], Gen.Bool).Sample((changes, isStored) =>
        {
            var changed = parts.Select(part => part with { IsStored = isStored }).ToArray();
            foreach (var (index, part, markup, count) in changes)
            {
                var content = changed[index].Content;
                var at = (int)(content.Length * part);
                changed[index] = changed[index] with { Content = [.. content[..at], .. Enumerable.Repeat(markup, count).SelectMany(bytes => bytes), .. content[at..]] };
            }

            IsJudgedWithinBounds(ZipBuilder.Write(changed));
        }, iter: 5000);
    }

    private static readonly Gen<byte[]>[] Records =
    [
        Gen.Byte.Array[1, 8],
        Pictures.OneOf<byte[]>(
            [.. "PK\x01\x02"u8], [.. "PK\x03\x04"u8], [.. "PK\x05\x06"u8], [.. "PK\x06\x06"u8], [.. "PK\x06\x07"u8], [.. "PK\x07\x08"u8], [0xFF, 0xFF, 0xFF, 0xFF],
            [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], [0, 0, 0, 0, 0, 0, 0, 0x80], [0, 0], [8, 0], [9, 0], [1, 0, 16, 0], [0x20, 0xA2, 0xFF, 0x0F], [0, 0, 0, 0], [0xFF, 0x0F]),
    ];

    private static readonly Gen<byte[]>[] Markup =
    [
        Gen.Byte.Array[1, 8],
        Pictures.OneOf(
            "<", ">", "/>", "</", "\"", "'", "&", "&#1;", "&amp;", "<![CDATA[", "]]>", "<!--", "-->", "<?a", "?>", "<!DOCTYPE a [", "xmlns:a=\"b\"", "a:b=\"\"", " c=\"d\" ", "<Types", "<Default ",
            "<Override PartName=\"/a\" ContentType=\"b\"/>", "<Relationship Id=\"a\" Type=\"b\" Target=\"c\"/>", " Extension=\"xml\" ", " TargetMode=\"External\" ", "../", "%2e", "\uFEFF", "\0", "\u00E5", "aaaaaaaaaaaaaaaaaaaaaaaa")
            .Select(Encoding.UTF8.GetBytes),
    ];

    private static void IsJudgedWithinBounds(byte[] bytes)
    {
        Assert.True(FileTypes.TryFind("docx", out var type));
        var file = FileBytes.Of(bytes);
        var inspector = type.Inspector(InspectionPolicy.Default);
        inspector.Feed(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        inspector.Conclude(file);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Bytes.MiB);
        Assert.InRange(file.Read, 0, InspectionPolicy.Default.MaxReadings * bytes.LongLength + Bytes.MiB);
    }

    /// <summary>As another reader finds them.</summary>
    private static List<(string Name, string Content)> PartsOf(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        return [.. zip.Entries.Select(entry => (entry.FullName, Convert.ToBase64String(Read(entry))))];
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        var content = new MemoryStream();
        using var packed = entry.Open();
        packed.CopyTo(content);
        return content.ToArray();
    }

    private static string Verdict(byte[] file) => Inspected.Verdict(Inspected.Of("docx", file));
}
