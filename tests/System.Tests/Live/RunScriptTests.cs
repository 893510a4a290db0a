using System.Text.RegularExpressions;
using Support;

namespace System.Tests.Live;

/// <summary>scripts/run, as somebody who has just cloned the project meets it.</summary>
public sealed partial class RunScriptTests : IDisposable
{
    // It builds first.
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(60);

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task The_line_it_prints_uploads_as_it_stands_and_SIGTERM_ends_both_processes()
    {
        await using var script = await Start();
        var line = CurlLine().Match(script.Output).Value;
        var (exitCode, answer) = await Child.Run("bash", "-c", line.Trim().Replace("curl ", "curl -sS -w '\\n%{http_code}' ", StringComparison.Ordinal));
        Assert.True(exitCode == 0, answer);
        Assert.EndsWith("\n201", answer.Trim(), StringComparison.Ordinal);

        var processes = new[] { await PidOf(script, "Web"), await PidOf(script, "Worker") };
        Assert.Equal(0, await script.Terminate(EndLimit));
        Assert.All(processes, pid => Assert.False(Path.Exists($"/proc/{pid}"), $"{pid} still runs"));
        Assert.Contains("fileuploader-web is stopping", script.Output, StringComparison.Ordinal);
        Assert.Contains("fileuploader-worker is stopping", script.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_it_makes_is_for_its_owner_only_and_only_its_hash_is_in_the_key_file()
    {
        await using var script = await Start();
        await script.Terminate(EndLimit);
        var key = (await File.ReadAllTextAsync(_scratch.Of("data", "client-key"), TestContext.Current.CancellationToken)).Trim();
        Assert.True(key.Length >= 32, key);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_scratch.Of("data", "client-key")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_scratch.Of("data", "keys")));
        Assert.DoesNotContain(key, await File.ReadAllTextAsync(_scratch.Of("data", "keys"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Web", "the web process")]
    [InlineData("Worker", "the worker")]
    public async Task When_one_process_dies_it_says_which_and_ends_the_other(string name, string inWords)
    {
        await using var script = await Start();
        var other = await PidOf(script, name == "Web" ? "Worker" : "Web");
        await Child.Run("kill", "-KILL", await PidOf(script, name));
        Assert.Equal(1, await script.Exit(EndLimit));
        Assert.Contains($"scripts/run: {inWords} (Uploader.{name}) died with exit code 137", script.Output, StringComparison.Ordinal);
        Assert.False(Path.Exists($"/proc/{other}"), "the other still runs");
    }

    private async Task<Child> Start()
    {
        // The build that it begins with leaves folders in the temporary one.
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["TMPDIR"] = _scratch.Folder("tmp") };
        var script = Child.Start(
            Checkout.Of("scripts", "run"), ["--data", _scratch.Of("data"), "--listen", $"127.0.0.1:{LocalPort.Free()}"], environment);
        await Until.True(
            () => script.HasExited ? throw new InvalidOperationException(script.Output) : CurlLine().IsMatch(script.Output),
            StartLimit,
            "scripts/run prints a curl line");
        return script;
    }

    private static async Task<string> PidOf(Child script, string name)
    {
        var (_, pids) = await Child.Run("pgrep", "-P", $"{script.Id}", "-f", $"Uploader\\.{name}\\.dll");
        return Assert.Single(pids.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [GeneratedRegex("^ *curl .*$", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CurlLine();
}
