using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;
using Uploader.Shared.Ledger;

namespace Support.Ledger;

/// <summary>A process of its own that writes into a ledger as fast as it can, and says on its standard output what was acknowledged.</summary>
internal sealed class LedgerHammer : IDisposable
{
    private const string OwnTmp = "mount --bind \"$0\" /mnt && mount -t tmpfs tmpfs /tmp && exec /mnt/Support \"$@\"";

    private readonly Process _process;
    private readonly Task _reading;
    private readonly List<long> _acknowledged = [];

    private LedgerHammer(string directory, string name)
    {
        Name = name;
        // /tmp of its own, as PrivateTmp=yes gives each unit: LiteDB's shared mode guards with a mutex there, and would guard nothing.
        // The program itself is reached by way of /mnt, should the checkout lie below /tmp.
        var start = Environment.IsPrivilegedProcess
            ? new ProcessStartInfo("unshare", ["-m", "sh", "-c", OwnTmp, AppContext.BaseDirectory, "hammer", directory, name])
            : new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Support"), ["hammer", directory, name]);
        start.RedirectStandardOutput = true;
        _process = Process.Start(start)!;
        _reading = Task.Run(Read);
    }

    public string Name { get; }

    public int Acknowledged
    {
        get
        {
            lock (_acknowledged)
                return _acknowledged.Count;
        }
    }

    public static LedgerHammer Start(string directory, string name) => new(directory, name);

    /// <summary>SIGKILL, wherever it is; what it had acknowledged.</summary>
    public async Task<IReadOnlyList<long>> Kill9()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _reading;
        return _acknowledged;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    /// <summary>The process's side: a batch of failures and a ban, then its number, and so on until killed.</summary>
    internal static int Swing(string directory, string name)
    {
        var ledger = new LedgerFile(directory, TimeProvider.System, NullLogger<LedgerFile>.Instance);
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        for (long batch = 1; ; batch++)
        {
            ledger.Run(written =>
            {
                written.Failures.Append(Enumerable.Range(0, 10).Select(_ => new FailureRow(0, Cidr.Parse("203.0.113.7"), FailureKind.Auth, batch, 1, name, $"{batch}")));
                written.Bans.Insert(new Ban(Cidr.Parse("203.0.113.7"), name, batch, Ban.Forever) { IsBySweep = true });
            });
            output.WriteLine(batch);
        }
    }

    private async Task Read()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            // The last line of a killed process may be torn; then it was not said.
            if (!long.TryParse(line, out var batch))
                continue;
            lock (_acknowledged)
                _acknowledged.Add(batch);
        }
    }
}
