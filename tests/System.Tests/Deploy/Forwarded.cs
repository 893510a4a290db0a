using Support;

namespace System.Tests.Deploy;

/// <summary>What both web servers must pass on to the service.</summary>
internal static class Forwarded
{
    public static string UploadAddress(Uri server) => server + "api/bcloud/fileuploader/upload";

    public static async Task IsTheRealAddress(Uri server)
    {
        var answer = await Curl.Run(
            "--data", "x",
            "-H", "X-Forwarded-For: 203.0.113.7", "-H", "X-Forwarded-For: 203.0.113.8", "-H", "Forwarded: for=203.0.113.9", "-H", "X-Real-IP: 203.0.113.10",
            "-H", "X-Forwarded-Host: 203.0.113.11", "-H", "X-API-KEY: passes",
            UploadAddress(server));
        var lines = answer.Body.Split('\n');
        Assert.Contains("X-Forwarded-For: 127.0.0.1", lines);
        Assert.Contains("X-API-KEY: passes", lines);
        Assert.Contains("path: /api/bcloud/fileuploader/upload", lines);
        Assert.DoesNotContain("203.0.113", answer.Body, StringComparison.Ordinal);
    }

    public static async Task Passes(PlantedUploads uploads, Uri server, int size, bool chunked)
    {
        var file = uploads.Of("whole");
        await File.WriteAllBytesAsync(file, new byte[size], TestContext.Current.CancellationToken);
        var answer = await Curl.Run(["--data-binary", "@" + file, .. chunked ? (string[])["-H", "Transfer-Encoding: chunked"] : [], UploadAddress(server)]);
        Assert.True(answer.Status == 200, answer.Complaint);
        Assert.Contains($"body: {size}", answer.Body, StringComparison.Ordinal);
        // Streamed: a body that the proxy had spooled first would come with a length.
        Assert.Equal(chunked, answer.Body.Contains("Transfer-Encoding: chunked", StringComparison.Ordinal));
    }
}
