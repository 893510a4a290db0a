using Support;

namespace System.Tests.Deploy;

/// <summary>deploy/nginx, run by a real nginx.</summary>
public sealed class NginxTests : WebServerTests
{
    [Fact]
    public async Task The_example_site_passes_nginx_t()
    {
        var (exitCode, output) = await Nginx.TestExampleSite(Uploads.Folder);
        Assert.True(exitCode == 0, output);
        Assert.DoesNotContain("[warn]", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_over_51_MiB_is_refused_in_the_services_own_words()
    {
        var answer = await Send(51 * Bytes.MiB + 1);
        Assert.Equal((413, "application/problem+json"), (answer.Status, answer.Header("Content-Type")));
        Assert.Equal("urn:fileuploader:too-large", answer.Json.GetProperty("type").GetString());
    }

    [Fact]
    public async Task The_article_s_rate_holds_and_says_429()
    {
        var answers = new List<CurlAnswer>();
        for (var i = 0; i < 30; i++)
        {
            answers.Add(await Curl.Run("--data", "x", Forwarded.UploadAddress(Address)));
        }

        // One at once, ten of the burst, and what 5/s lets through meanwhile.
        Assert.All(answers.Take(11), answer => Assert.Equal(200, answer.Status));
        var refused = answers.First(answer => answer.Status != 200);
        Assert.Equal((429, "application/problem+json", "1"), (refused.Status, refused.Header("Content-Type"), refused.Header("Retry-After")));
        Assert.Equal("urn:fileuploader:rate-limited", refused.Json.GetProperty("type").GetString());
    }

    [Fact]
    public async Task While_the_service_is_away_a_client_is_told_to_come_back()
    {
        await Upstream!.DisposeAsync();
        var answer = await Curl.Run("--data", "x", Forwarded.UploadAddress(Address));
        Assert.Equal((503, "application/problem+json", "5"), (answer.Status, answer.Header("Content-Type"), answer.Header("Retry-After")));
        Assert.Equal("urn:fileuploader:busy", answer.Json.GetProperty("type").GetString());
    }

    [Fact]
    public async Task Health_is_not_for_the_outside()
    {
        var answer = await Curl.Run(Address + "health/ready");
        Assert.Equal(404, answer.Status);
    }

    private protected override async Task<(IAsyncDisposable Server, Uri Address)> Start(string folder, string socket)
    {
        var nginx = await Nginx.Start(folder, $"unix:{socket}");
        return (nginx, nginx.Address);
    }
}
