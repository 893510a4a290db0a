using Microsoft.Extensions.Configuration;
using Support;
using Uploader.Inspection;
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

    private static InspectionOptions With(Rule rule, string mode)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create($"Inspection:Rules:{rule.Code}", (string?)mode)]).Build();
        return UploaderOptions.Read(new SettingsReader(configuration)).Inspection;
    }
}
