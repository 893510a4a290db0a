using Uploader.Ctl.Doctor.Hosts;
using Uploader.Ctl.Terminals;
using Uploader.Shared.Journal;
using Uploader.Shared.Ledger;
using Uploader.Shared.Storage;

namespace Uploader.Ctl.Status;

/// <summary>How much something hurts.</summary>
internal enum Severity
{
    /// <summary>It will, if nobody does anything.</summary>
    Warning,

    /// <summary>It does: something that the service is for is not done.</summary>
    Bad,
}

/// <summary>Something that needs an operator.</summary>
/// <param name="What">A sentence without a full stop.</param>
/// <param name="Do">A command, or what no command can do.</param>
internal sealed record Attention(Severity Severity, string What, string Do)
{
    private const string Errors = "journalctl -t fileuploader-web -t fileuploader-worker -p warning --since -1h";

    /// <summary>Everything that needs it, the worst first.</summary>
    /// <param name="facts">All that is known, without this.</param>
    /// <param name="ledgerTrouble">Why the ledger cannot be asked; null when it can.</param>
    /// <param name="rootTrouble">Why the uploads directory cannot be asked for its space; null when it can.</param>
    /// <param name="jobs">As the worker told them.</param>
    /// <param name="corrupt">Ledgers that were put aside, the latest first.</param>
    public static Attention[] Of(StatusReport facts, string? ledgerTrouble, string? rootTrouble, IReadOnlyList<JobStatus> jobs, IReadOnlyList<string> corrupt) =>
    [
        .. OfLedger(ledgerTrouble)
            .Concat(OfSocket(facts.Socket))
            .Concat(OfProcess(facts.Worker, Unit.Worker, "the worker", "nobody is banned, and neither disk nor permissions are watched", ledgerTrouble is null))
            .Concat(OfProcess(facts.Web, Unit.Web, "the web process", "no upload is taken", ledgerTrouble is null))
            .Concat(OfRoot(rootTrouble))
            .Concat(OfKeys(facts))
            .Concat(OfScanner(facts))
            .Concat(OfDisk(facts))
            .Concat(OfJobs(facts, jobs))
            .Concat(OfHour(facts))
            .Concat(OfDrift(facts))
            .Concat(OfRestarts(facts))
            .Concat(corrupt.Take(1).Select(file => new Attention(Severity.Warning, $"the ledger was unreadable and begun anew, {corrupt.Count} old ones lie beside it, the latest is {file}", $"rm {Shell.Quote(file)}, when it is not needed any more; why: {Errors}")))
            .OrderByDescending(attention => attention.Severity),
    ];

    private static IEnumerable<Attention> OfLedger(string? trouble)
    {
        if (trouble is not null)
            yield return new(Severity.Bad, $"the ledger cannot be used ({trouble}): no failure is counted and no ban falls", "look for a full disk (df -h), or who holds the lock; then: journalctl -t fileuploader-worker -n 50");
    }

    private static IEnumerable<Attention> OfRoot(string? trouble)
    {
        if (trouble is not null)
            yield return new(Severity.Bad, $"the uploads directory is not to be had ({trouble}): no upload is stored", "mount or make it; uploaderctl check says how it must be");
    }

    private static IEnumerable<Attention> OfSocket(SocketLine? socket)
    {
        if (socket is { IsListening: false })
            yield return new(Severity.Bad, $"the socket is not listening ({socket.State}): no client reaches the service", $"systemctl start {Unit.Socket} {Unit.Web}; journalctl -u {Unit.Socket} -n 20");
    }

    private static IEnumerable<Attention> OfProcess(ProcessLine process, string unit, string name, string loss, bool isLedgerGood)
    {
        var journal = $"journalctl -u {unit} -n 50";
        if (process.State == ProcessLine.Silent && isLedgerGood)
            yield return new(Severity.Bad, $"{name} has told nothing for long and is not known to be alive: {loss}", $"systemctl restart {unit}; {journal}");
        else if (process.State == ProcessLine.Unknown && isLedgerGood)
            yield return new(Severity.Bad, $"{name} has never run with this ledger: {loss}", $"systemctl start {unit}");
        else if (process.State is ProcessLine.Stopped or ProcessLine.Failed)
            yield return new(Severity.Bad, $"{name} {(process.State == ProcessLine.Failed ? $"has failed ({process.Result})" : "is stopped")}: {loss}", $"systemctl start {unit}; {journal}");
    }

    private static IEnumerable<Attention> OfKeys(StatusReport facts)
    {
        if (facts is { Web.IsUp: true, Keys: 0 })
            yield return new(Severity.Bad, "no key is in force: every upload is refused", "uploaderctl keys new NAME");
    }

    private static IEnumerable<Attention> OfScanner(StatusReport facts)
    {
        if (facts is { Web.IsUp: true, ScannerTrouble: { } trouble })
            yield return new(Severity.Bad, $"the virus scanner does not answer ({OneLine.Escape(trouble)}): every upload is refused", "uploaderctl doctor, which looks further; systemctl status clamav-daemon");
    }

    private static IEnumerable<Attention> OfDisk(StatusReport facts)
    {
        if (facts.Disk is not { } disk || disk.Level == nameof(DiskLevel.Normal))
            yield break;
        var isCritical = disk.Level == nameof(DiskLevel.Critical);
        yield return new(
            isCritical ? Severity.Bad : Severity.Warning,
            $"the disk is at {disk.Percent:0} %, {Shown.Bytes(disk.FreeBytes)} free{(isCritical ? ": uploads are or will be refused" : "")}",
            "uploaderctl usage, then remove or move files, or raise Disk:MaxBytes");
    }

    private static IEnumerable<Attention> OfJobs(StatusReport facts, IReadOnlyList<JobStatus> jobs)
    {
        foreach (var job in jobs.Where(_ => facts.Worker.IsUp))
        {
            if (job.IsRunning && job.StartedAt is { } started && facts.At - started > job.Patience)
                yield return new(Severity.Bad, $"the job {job.Name} has been running for {Shown.Span(facts.At - started)}", $"systemctl restart {Unit.Worker}");
            else if (!job.IsRunning && job.DueAt is { } due && facts.At - due > job.Patience)
                yield return new(Severity.Bad, $"the job {job.Name} was due {Shown.Ago(due, facts.At)} and has not started", $"systemctl restart {Unit.Worker}");
            else if (job.Outcome == JobStatus.Failed)
                yield return new(Severity.Bad, $"the job {job.Name} failed at its last run", "journalctl -t fileuploader-worker -p err -n 20");
        }
    }

    private static IEnumerable<Attention> OfHour(StatusReport facts)
    {
        if (facts.LastHour is not { } hour)
            yield break;
        if (hour.Faults > 0)
            yield return new(Severity.Bad, $"{Times(hour.Faults)} in the last hour an upload failed on our side", "journalctl -t fileuploader-web -p err --since -1h");
        if (hour.RefusalsByCode.GetValueOrDefault("disk-full") is > 0 and var full)
            yield return new(Severity.Warning, $"{Times(full)} in the last hour an upload was refused for want of room", "uploaderctl usage, then remove or move files, or raise Disk:MaxBytes");
    }

    private static IEnumerable<Attention> OfDrift(StatusReport facts)
    {
        if (facts.Drift is { NotRepaired: > 0 } unmended)
            yield return new(Severity.Warning, $"the permission sweep could not repair {unmended.NotRepaired} files or folders", Errors);
        if (facts.Drift is { Foreign: > 0 } foreign)
            yield return new(Severity.Warning, $"{foreign.Foreign} things in the uploads directory are neither files of their own nor folders", "uploaderctl doctor, which names them, then remove them");
    }

    private static IEnumerable<Attention> OfRestarts(StatusReport facts)
    {
        foreach (var process in (ProcessLine[])[facts.Web, facts.Worker])
        {
            if (process is { Restarts: > 0 and var count, IsUp: true, Since: { } since } && facts.At - since < TimeSpan.FromHours(1))
                yield return new(Severity.Warning, $"systemd had to start {process.Name} again, {Times(count)} so far", $"journalctl -u {process.Name} --since -1h");
        }

        if (facts is { Web: { IsUp: true, Version: { } web }, Worker: { IsUp: true, Version: { } worker } } && web != worker)
            yield return new(Severity.Warning, $"web is version {web} and worker {worker}", $"systemctl restart {Unit.Web} {Unit.Worker}");
    }

    private static string Times(long count) => count == 1 ? "once" : $"{count} times";
}
