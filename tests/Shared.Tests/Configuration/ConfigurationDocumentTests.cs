using Support;
using Uploader.Shared.Configuration;

namespace Shared.Tests.Configuration;

public sealed class ConfigurationDocumentTests
{
    [Fact]
    public void The_page_in_docs_is_what_the_code_says() => Holds(ConfigurationDocument.Write(), "docs", "configuration.md");

    [Fact]
    public void The_manual_page_is_what_the_code_says() => Holds(ConfigurationManual.Write(), "docs", "man", "fileuploader.json.5");

    private static void Holds(string text, params ReadOnlySpan<string> path)
    {
        var page = Checkout.Of(path);
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
            File.WriteAllText(page, text);

        Assert.Equal(text, File.ReadAllText(page));
    }
}
