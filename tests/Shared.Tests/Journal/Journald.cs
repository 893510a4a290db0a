using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Shared.Tests.Journal;

/// <summary>
/// A real systemd-journald with nothing but a temp folder of its own: in a mount namespace where that folder is <c>/run</c> and
/// <c>/var/log</c>, so that its socket and its files are within reach and the machine's own journal, if there is one, is left alone.
/// </summary>
internal sealed partial class Journald : IAsyncDisposable
{
    private const string Program = "/lib/systemd/systemd-journald";
    private readonly string _folder = Directory.CreateTempSubdirectory("journald-").FullName;
    private Process? _process;

    public string SocketPath => Path.Combine(_folder, "run/systemd/journal/socket");

    public static void SkipWhereImpossible()
    {
        Assert.SkipUnless(File.Exists(Program) && File.Exists("/usr/bin/journalctl"), "systemd-journald is not installed");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "a journald of its own takes a mount namespace, which takes root");
    }

    public static async Task<Journald> Start()
    {
        SkipWhereImpossible();
        var journald = new Journald();
        Directory.CreateDirectory(Path.Combine(journald._folder, "run/systemd/journal"));
        Directory.CreateDirectory(Path.Combine(journald._folder, "run/log/journal"));
        Directory.CreateDirectory(Path.Combine(journald._folder, "log"));
        await journald.Run();
        return journald;
    }

    public async Task Run()
    {
        File.Delete(SocketPath);
        var script = $"mount --bind {_folder}/run /run && mount --bind {_folder}/log /var/log && exec {Program}";
        _process = Process.Start(new ProcessStartInfo("unshare", ["--mount", "--propagation", "private", "sh", "-c", script]))!;
        await Eventually(() => Task.FromResult(File.Exists(SocketPath)), "journald makes its socket");
    }

    public void Stop() => Assert.Equal(0, kill(_process!.Id, 19)); // SIGSTOP

    public void Continue() => Assert.Equal(0, kill(_process!.Id, 18)); // SIGCONT

    public async Task Kill()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>All entries of the identifier, once there are as many (or more).</summary>
    public async Task<IReadOnlyList<ReceivedEntry>> Entries(string identifier, int atLeast)
    {
        IReadOnlyList<ReceivedEntry> entries = [];
        await Eventually(async () => (entries = await Read(identifier)).Count >= atLeast, $"{atLeast} entries of {identifier} are in the journal");
        return entries;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await Kill();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task<List<ReceivedEntry>> Read(string identifier)
    {
        using var journalctl = Process.Start(new ProcessStartInfo(
            "journalctl", ["-D", Path.Combine(_folder, "run/log/journal"), "-o", "export", "--all", "-q", "-t", identifier])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        using var export = new MemoryStream();
        await journalctl.StandardOutput.BaseStream.CopyToAsync(export);
        await journalctl.WaitForExitAsync();
        return ReceivedEntry.AllOf(export.ToArray());
    }

    private static async Task Eventually(Func<Task<bool>> condition, string sentence)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"not within 10 s: {sentence}");
            await Task.Delay(20);
        }
    }

    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);
}
