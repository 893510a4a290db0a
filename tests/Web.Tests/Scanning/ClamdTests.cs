using Support;
using Uploader.Shared.Configuration;
using Uploader.Web.Refusals;

namespace Web.Tests.Scanning;

/// <summary>With a real clamd: what it does not call clean is never stored.</summary>
public sealed class ClamdTests
{
    private static readonly byte[] Infected = Bytes.PngHolding(ClamdServer.Eicar);

    [Fact]
    public async Task What_it_finds_is_refused_and_what_is_clean_is_stored_up_to_the_largest_file()
    {
        await using var clamd = await ClamdServer.Start();
        await using var web = await Scanned(clamd.Socket);
        foreach (var chunked in (bool[])[false, true])
        {
            await web.Upload("a.png", Infected).Chunked(chunked).IsRefusedWith(Catalogue.Infected);
            await web.Upload("a.png", Bytes.Png()).Chunked(chunked).IsStored();
        }

        await web.Upload("a.mp4", Bytes.Mp4(50 * Bytes.MiB)).IsStored();
        Assert.Equal(3, web.Files().Count);
    }

    [Fact]
    public async Task While_it_is_away_nothing_is_stored_and_when_it_is_back_all_goes_on()
    {
        await using var clamd = await ClamdServer.Start();
        await using var web = await Scanned(clamd.Socket);
        await clamd.End();
        var (response, _) = await web.Upload("a.png", Bytes.Png()).Send();
        Assert.Equal((503, TimeSpan.FromSeconds(30)), ((int)response.StatusCode, response.Headers.RetryAfter?.Delta));
        Assert.Empty(web.Files());

        await clamd.Begin();
        await web.Upload("a.png", Bytes.Png()).IsStored();
    }

    [Fact]
    public async Task While_it_is_away_the_service_is_not_ready_though_nobody_uploads()
    {
        await using var clamd = await ClamdServer.Start();
        await using var web = await Scanned(clamd.Socket);
        await SaysOfTheScanner(web, "up");
        await clamd.End();
        await SaysOfTheScanner(web, "down");
        await clamd.Begin();
        await SaysOfTheScanner(web, "up");
    }

    [Fact]
    public async Task One_that_does_not_answer_is_given_up()
    {
        await using var clamd = await ClamdServer.Start();
        await using var web = await Scanned(clamd.Socket, TimeSpan.FromMilliseconds(300));
        await Child.Run("kill", "-STOP", $"{clamd.Id}");
        await web.Upload("a.png", Bytes.Png()).IsRefusedWith(Catalogue.ScannerUnavailable);
        await Child.Run("kill", "-CONT", $"{clamd.Id}");
        Assert.Empty(web.Files());
    }

    [Theory]
    [InlineData("1M", "60M")]
    [InlineData("60M", "1M")]
    public async Task What_is_beyond_its_limits_was_not_scanned_and_is_not_stored(string streamMaxLength, string maxFileSize)
    {
        await using var clamd = await ClamdServer.Start(streamMaxLength, maxFileSize);
        await using var web = await Scanned(clamd.Socket);
        await SaysOfTheScanner(web, "up");
        await web.Upload("a.mp4", Bytes.Mp4(5 * Bytes.MiB)).IsRefusedWith(Catalogue.ScannerUnavailable);
        // One client's file does not take the service from all.
        Assert.Contains("\"scanner\":\"up\"", (await web.Get("/health/ready")).Body, StringComparison.Ordinal);
        await web.Upload("a.mp4", Bytes.Mp4(Bytes.MiB / 2)).IsStored();
        Assert.Single(web.Files());
    }

    private static Task SaysOfTheScanner(LiveWeb web, string word) => Until.True(
        async () => (await web.Get("/health/ready")).Body.Contains($"\"scanner\":\"{word}\"", StringComparison.Ordinal), TimeSpan.FromSeconds(60), $"the scanner is {word}");

    private static Task<LiveWeb> Scanned(string socket, TimeSpan? timeout = null) => LiveWeb.Start(options => options with
    {
        Inspection = options.Inspection with { Clamd = new System.Net.Sockets.UnixDomainSocketEndPoint(socket), ClamdTimeout = timeout ?? TimeSpan.FromSeconds(60) },
    });
}
