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

    private static InspectionOptions With(Rule rule, string mode)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create($"Inspection:Rules:{rule.Code}", (string?)mode)]).Build();
        return UploaderOptions.Read(new SettingsReader(configuration)).Inspection;
    }
}
