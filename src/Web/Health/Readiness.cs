using Uploader.Shared.Storage;
using Uploader.Web.Admission;
using Uploader.Web.Authentication;
using Uploader.Web.Banning;
using Uploader.Web.Reporting;
using Uploader.Web.Scanning;

namespace Uploader.Web.Health;

/// <summary>What must be up for uploads to be taken, part by part. Anybody may ask, so a part says up or down and never why.</summary>
internal sealed class Readiness(KeyWatch keys, BanListRefresher bans, WorkerSign worker, UploadStore store, DiskGauge gauge, ScannerWatch scanner)
{
    private const string Up = "up";
    private const string Down = "down";

    public static HealthReport Live { get; } = new(Up, new Dictionary<string, string>(StringComparer.Ordinal));

    public HealthReport Report()
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["keys"] = Word(keys.KeysInForce > 0),
            ["ledger"] = Word(bans.HasLoaded),
            ["worker"] = Word(worker.IsFresh),
            ["storage"] = Word(HasStorage()),
            ["disk"] = Word(gauge.IsKnown && HasStorage() && gauge.HasRoomFor(0)),
        };
        if (scanner.HasScanner)
            parts["scanner"] = Word(scanner.Last is { Trouble: null });
        return new HealthReport(Word(!parts.ContainsValue(Down)), parts);
    }

    private bool HasStorage()
    {
        try
        {
            return store.Space().FreeBytes >= 0;
        }
        catch (PosixException)
        {
            return false;
        }
    }

    private static string Word(bool isUp) => isUp ? Up : Down;
}
