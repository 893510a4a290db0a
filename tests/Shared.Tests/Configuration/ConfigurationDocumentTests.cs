using Support;
using Uploader.Shared.Configuration;

namespace Shared.Tests.Configuration;

public sealed class ConfigurationDocumentTests
{
    [Fact]
    public void The_page_in_docs_is_what_the_code_says()
    {
        var page = Checkout.Of("docs", "configuration.md");
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
            File.WriteAllText(page, ConfigurationDocument.Write());

        Assert.Equal(ConfigurationDocument.Write(), File.ReadAllText(page));
    }
}
