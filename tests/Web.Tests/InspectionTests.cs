using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Support;
using Uploader.Inspection;
using Uploader.Shared.Bans;
using Uploader.Shared.Configuration;
using Uploader.Web.Refusals;

namespace Web.Tests;

/// <summary>What inspection says of a file, over the wire. What it says of which: Inspection.Tests.</summary>
public sealed class InspectionTests
{
    private static readonly byte[] AlsoPdf = Bytes.PngHolding([.. "%PDF-1.4\n"u8]);

    [Fact]
    public async Task A_rule_that_is_on_refuses_with_its_code_and_its_own_sentence()
    {
        await using var web = await LiveWeb.Start();
        foreach (var chunked in (bool[])[false, true])
        {
            var problem = await web.Upload("a.png", AlsoPdf).Chunked(chunked).IsRefusedWith(Catalogue.Of(Rules.Polyglot));
            Assert.Equal(Rules.Polyglot.Detail, problem.GetProperty("detail").GetString());
        }

        Assert.Empty(web.Files());
    }

    [Theory]
    [InlineData("report")]
    [InlineData("off")]
    public async Task A_rule_that_is_off_or_reports_lets_through(string mode)
    {
        await using var web = await LiveWeb.Start(options => options with { Inspection = With(Rules.Polyglot, mode) });
        await web.Upload("a.png", AlsoPdf).IsStored();
        Assert.Equal(AlsoPdf, await File.ReadAllBytesAsync(Assert.Single(web.Files()), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("a.png", true, 2)]
    [InlineData("a.jpg", false, 1)]
    public async Task A_hostile_file_counts_twice(string name, bool isHostile, int failures)
    {
        await using var web = await LiveWeb.Start();
        await web.Upload(name, AlsoPdf).From("203.0.113.7").IsRefusedWith(Catalogue.Of(isHostile ? Rules.Polyglot : Rules.ContentMismatch));
        var row = Assert.Single(await web.FailuresInLedger());
        Assert.Equal((FailureKind.Abuse, failures), (row.Kind, row.Count));
    }

    [Theory]
    [InlineData("jpeg/exiftool-long-xmp.jpg", "http://ns.adobe.com/xap/1.0/")]
    [InlineData("png/magick-texts.png", "tEXt")]
    public async Task Where_metadata_is_stripped_the_receipt_says_so_and_both_digests_are_kept(string sample, string metadata)
    {
        var sent = await File.ReadAllBytesAsync(Checkout.Of("tests", "Samples", sample), TestContext.Current.CancellationToken);
        Assert.Contains(metadata, Encoding.Latin1.GetString(sent), StringComparison.Ordinal);
        await using var web = await LiveWeb.Start(options => options with { Inspection = new InspectionOptions { StripMetadata = true } });
        foreach (var chunked in (bool[])[false, true])
        {
            var receipt = await web.Upload(Path.GetFileName(sample), sent).Chunked(chunked).IsStored();
            var path = Path.Join(web.Root, receipt.GetProperty("path").GetString());
            var stored = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);

            Assert.DoesNotContain(metadata, Encoding.Latin1.GetString(stored), StringComparison.Ordinal);
            Assert.True(receipt.GetProperty("metadataStripped").GetBoolean());
            Assert.Equal(stored.Length, receipt.GetProperty("size").GetInt32());
            Assert.Equal(Digest(stored), receipt.GetProperty("sha256").GetString());
            Assert.Equal(Digest(sent), receipt.GetProperty("originalSha256").GetString());
            var (_, attributes) = await Child.Run("getfattr", "--only-values", "-n", "user.uploader.sent-sha256", path);
            Assert.Contains(Digest(sent), attributes, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_cannot_be_stripped_is_stored_as_it_came()
    {
        await using var web = await LiveWeb.Start(options => options with { Inspection = new InspectionOptions { StripMetadata = true } });
        var receipt = await web.Upload("a.pdf", Bytes.Pdf()).IsStored();
        Assert.False(receipt.TryGetProperty("metadataStripped", out _));
        Assert.Equal(Bytes.Pdf(), await File.ReadAllBytesAsync(Assert.Single(web.Files()), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_is_stripped_is_judged_before_and_after()
    {
        await using var web = await LiveWeb.Start(options => options with { Inspection = new InspectionOptions { StripMetadata = true } });
        await web.Upload("a.png", Bytes.PngHolding([.. "<?php system($_GET['c']); ?>"u8])).IsRefusedWith(Catalogue.Of(Rules.ScriptInMetadata));
        await web.Upload("a.png", Bytes.Png(1000)[..^20]).IsRefusedWith(Catalogue.Of(Rules.PngStructure));
        Assert.Empty(web.Files());
    }

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static InspectionOptions With(Rule rule, string mode)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create($"Inspection:Rules:{rule.Code}", (string?)mode)]).Build();
        return UploaderOptions.Read(new SettingsReader(configuration)).Inspection;
    }
}
