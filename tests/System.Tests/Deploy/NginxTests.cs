using Support;

namespace System.Tests.Deploy;

/// <summary>deploy/nginx, run by a real nginx.</summary>
public sealed class NginxTests : IAsyncLifetime
{
    private readonly PlantedUploads _uploads = new();
    private EchoUpstream? _upstream;
    private Nginx? _nginx;

    public async ValueTask InitializeAsync()
    {
        _upstream = await EchoUpstream.Start(_uploads.Of("web.sock"));
        _nginx = await Nginx.Start(_uploads.Folder, $"unix:{_uploads.Of("web.sock")}");
    }

    public async ValueTask DisposeAsync()
    {
        await _nginx!.DisposeAsync();
        await _upstream!.DisposeAsync();
        _uploads.Dispose();
    }

    [Fact]
    public async Task The_example_site_passes_nginx_t()
    {
        var (exitCode, output) = await Nginx.TestExampleSite(_uploads.Folder);
        Assert.True(exitCode == 0, output);
        Assert.DoesNotContain("[warn]", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jpg", "image/jpeg")]
    [InlineData("jpeg", "image/jpeg")]
    [InlineData("png", "image/png")]
    [InlineData("pdf", "application/pdf")]
    [InlineData("mp4", "video/mp4")]
    [InlineData("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    public Task A_stored_file_is_served_as_its_type_and_for_saving_only(string extension, string type)
        => Served.AsAttachment(_nginx!.Address, extension, type);

    [Theory]
    [MemberData(nameof(Served.Forbidden), MemberType = typeof(Served))]
    public Task Nothing_else_below_uploads_is_served(string path) => Served.Refuses(_uploads, _nginx!.Address, path);

    [Theory]
    [InlineData("PUT")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task Stored_files_can_only_be_read(string method)
    {
        var answer = await Curl.Run("-X", method, "--data", "x", _nginx!.Address + PlantedUploads.Day[1..] + "k3v9x2m8.png");
        Assert.InRange(answer.Status, 400, 499);
        Assert.Equal(5000, new FileInfo(_uploads.Of(PlantedUploads.Day + "k3v9x2m8.png")).Length);
    }

    [Fact]
    public Task The_service_learns_the_real_address_whatever_the_client_claims() => Forwarded.IsTheRealAddress(_nginx!.Address);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Fifty_MiB_pass(bool chunked) => Forwarded.Passes(_uploads, _nginx!.Address, 50 * Bytes.MiB, chunked);

    [Fact]
    public async Task A_request_over_51_MiB_is_refused_in_the_services_own_words()
    {
        var file = _uploads.Of("large");
        await File.WriteAllBytesAsync(file, new byte[51 * Bytes.MiB + 1], TestContext.Current.CancellationToken);
        var answer = await Curl.Run("--data-binary", "@" + file, Forwarded.UploadAddress(_nginx!.Address));
        Assert.Equal((413, "application/problem+json"), (answer.Status, answer.Header("Content-Type")));
        Assert.Equal("urn:fileuploader:too-large", answer.Json.GetProperty("type").GetString());
    }

    [Fact]
    public async Task The_article_s_rate_holds_and_says_429()
    {
        var answers = new List<CurlAnswer>();
        for (var i = 0; i < 30; i++)
        {
            answers.Add(await Curl.Run("--data", "x", Forwarded.UploadAddress(_nginx!.Address)));
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
        await _upstream!.DisposeAsync();
        var answer = await Curl.Run("--data", "x", Forwarded.UploadAddress(_nginx!.Address));
        Assert.Equal((503, "application/problem+json", "5"), (answer.Status, answer.Header("Content-Type"), answer.Header("Retry-After")));
        Assert.Equal("urn:fileuploader:busy", answer.Json.GetProperty("type").GetString());
    }

    [Fact]
    public async Task Health_is_not_for_the_outside()
    {
        var answer = await Curl.Run(_nginx!.Address + "health/ready");
        Assert.Equal(404, answer.Status);
    }
}
