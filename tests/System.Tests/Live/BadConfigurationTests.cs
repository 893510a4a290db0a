using Support;

namespace System.Tests.Live;

/// <summary>A configuration that is wrong in several places.</summary>
public sealed class BadConfigurationTests
{
    [Theory]
    [InlineData("Web")]
    [InlineData("Worker")]
    public async Task A_process_names_every_finding_and_exits_with_78(string program)
    {
        await using var uploader = Misconfigured();
        var (exitCode, output) = await uploader.Run(program);
        Assert.Equal(78, exitCode);
        Assert.All(
            ["Limits:MaxFileSize", "much", "Limits:Bursts", "Schedule:DiskWatch", "often", "Bans:Jails:auth:MaxRetry", "Log", "Shouted"],
            word => Assert.Contains(word, output, StringComparison.Ordinal));
        Assert.Empty(uploader.StoredFiles());
        Assert.Empty(Directory.EnumerateFileSystemEntries(uploader.State));
    }

    [Theory]
    [InlineData("Web")]
    [InlineData("Worker")]
    public async Task Check_says_the_same_and_does_nothing(string program)
    {
        await using var uploader = Misconfigured();
        Assert.Equal(await uploader.Run(program), await uploader.Run(program, "--check"));
    }

    [Theory]
    [InlineData("Web")]
    [InlineData("Worker")]
    public async Task Check_of_a_good_configuration_exits_with_0(string program)
    {
        await using var uploader = new LiveUploader();
        var (exitCode, output) = await uploader.Run(program, "--check");
        Assert.True(exitCode == 0, output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(uploader.State));
    }

    private static LiveUploader Misconfigured() => new(new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Limits:MaxFileSize"] = "much",
        ["Limits:Bursts"] = "10",
        ["Schedule:DiskWatch"] = "often",
        ["Bans:Jails:auth:MaxRetry"] = "0",
        ["Log"] = "Shouted",
    });
}
