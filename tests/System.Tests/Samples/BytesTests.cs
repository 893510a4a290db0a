using System.IO.Compression;
using Support;

namespace System.Tests.Samples;

/// <summary>The samples of all tests: a file that is not what it says would make every test that uses it worthless.</summary>
public sealed class BytesTests
{
    public static TheoryData<string> Extensions { get; } = [.. Bytes.ByExtension.Keys];

    [Theory]
    [MemberData(nameof(Extensions))]
    public void A_sample_has_exactly_the_size_asked_for(string extension)
    {
        foreach (var size in (ReadOnlySpan<int>)[4096, 65_537, 65_738, 131_274, 50 * Bytes.MiB])
        {
            Assert.Equal(size, Bytes.ByExtension[extension](size, 1).Length);
        }
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public void Another_seed_makes_another_file(string extension)
        => Assert.NotEqual(Bytes.ByExtension[extension](8192, 1), Bytes.ByExtension[extension](8192, 2));

    /// <summary>Read by programs that know the format; which of them a machine has differs, so file(1) and the framework's zip judge.</summary>
    [Theory]
    [InlineData("png", "PNG image data, 1 x 1, 8-bit grayscale, non-interlaced")]
    [InlineData("jpg", "JPEG image data")]
    [InlineData("pdf", "PDF document, version 1.4, 1 pages")]
    [InlineData("docx", "Microsoft Word 2007+")]
    [InlineData("mp4", "ISO Media, MP4 Base Media v1")]
    public async Task Others_take_it_for_what_it_says(string extension, string description)
    {
        using var scratch = new Scratch();
        var (_, output) = await Child.Run("file", "--brief", scratch.File("sample." + extension, Bytes.ByExtension[extension](20_000, 1)));
        Assert.StartsWith(description, output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_is_a_zip_with_the_parts_of_a_document()
    {
        using var zip = new ZipArchive(new MemoryStream(Bytes.Docx(20_000)));
        Assert.Equal(["[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/media/image1.png"], zip.Entries.Select(entry => entry.FullName));
    }
}
