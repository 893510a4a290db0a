using Support;

namespace System.Tests.Deploy;

/// <summary>deploy/apache, run by a real Apache.</summary>
public sealed class ApacheTests : WebServerTests
{
    [Fact]
    public async Task The_example_site_passes_configtest()
    {
        var (exitCode, output) = await Apache.TestExampleSite(Uploads.Folder);
        Assert.True(exitCode == 0, output);
        Assert.Contains("Syntax OK", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_declared_size_over_51_MiB_is_refused_with_413() => Assert.Equal(413, (await Send(51 * Bytes.MiB + 1)).Status);

    [Fact]
    public Task A_body_without_a_length_is_left_to_the_service()
        => Forwarded.Passes(Uploads, Address, 51 * Bytes.MiB + 1, chunked: true);

    [Fact]
    public async Task Health_is_not_for_the_outside()
    {
        var answer = await Curl.Run(Address + "health/ready");
        Assert.InRange(answer.Status, 403, 404);
    }

    private protected override async Task<(IAsyncDisposable Server, Uri Address)> Start(string folder, string socket)
    {
        var apache = await Apache.Start(folder, socket);
        return (apache, apache.Address);
    }
}
