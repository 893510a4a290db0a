using System.CommandLine;
using Uploader.Ctl.Commands;
using Uploader.Ctl.Doctor.Hosts;
using Uploader.Shared.Configuration;
using Uploader.Shared.Ledger;
using Uploader.Shared.Storage;
using LedgerSample = Uploader.Shared.Ledger.DiskSample;

namespace Uploader.Ctl.Status;

/// <summary><c>uploaderctl status</c>: how the service is, and first of all what needs an operator.</summary>
internal static class StatusCommand
{
    private const string LedgerName = "ledger.db";

    public static Command Command(Desk desk) => desk.Does(
        new Command(
            "status",
            "How the service is: what needs attention first, the socket, both processes, the disk, the last hour, bans, drift, jobs. What uploaderctl does without any words. Ends with 0 when nothing needs attention, with 1 when something does."),
        Run);

    public static async Task<int> Run(Session session, ParseResult words, CancellationToken cancellation)
    {
        var units = await UnitsOf(session, cancellation);
        var told = Read(session, out var trouble);
        var space = SpaceOf(session.Options.Storage.Root, out var rootTrouble);
        var facts = FactsOf(session, told, space, units);
        var jobs = told.Worker?.Jobs ?? [];
        var report = facts with { Attention = Attention.Of(facts, trouble, rootTrouble, jobs, CorruptLedgers(session.Options.Ledger.Directory)) };
        session.Show(report, StatusJson.Default.StatusReport, terminal => StatusPage.Write(report, terminal));
        return report.IsWell ? ExitStatus.Done : ExitStatus.No;
    }

    // The units run with the default configuration: of another one systemd knows nothing.
    private static async Task<Units> UnitsOf(Session session, CancellationToken cancellation)
    {
        if (session.ConfigFile is not (null or ConfigurationFile.DefaultPath) || !Directory.Exists("/run/systemd/system"))
            return new Units();
        return await Unit.Ask([Unit.Socket, Unit.Web, Unit.Worker], cancellation) is [var socket, var web, var worker] ? new Units(socket, web, worker) : new Units();
    }

    /// <summary>What the processes told, as far as the ledger can be asked.</summary>
    /// <param name="trouble">Why it cannot.</param>
    private static Told Read(Session session, out string? trouble)
    {
        trouble = null;
        // To open it would begin it, and a ledger that is not there says enough.
        if (!File.Exists(Path.Join(session.Options.Ledger.Directory, LedgerName)))
            return new Told();
        try
        {
            var told = session.Ledger.Run(ledger => new Told(ledger.Status.FindWeb(), ledger.Status.FindWorker(), ledger.Status.FindDisk()));
            return told with { Bans = session.Ledger.BansInForce(session.Now.ToUnixTimeMilliseconds()).Count() };
        }
        catch (LedgerUnavailableException e) when (!Desk.IsDenied(e))
        {
            trouble = e.Message;
            return new Told();
        }
    }

    private static StatusReport FactsOf(Session session, Told told, FileSystemSpace? space, Units units)
    {
        var now = session.Now;
        return new(
            now,
            [],
            SocketLine.Of(units.Socket),
            ProcessLine.Of("fileuploader-web", told.Web?.Process, units.Web, now),
            ProcessLine.Of("fileuploader-worker", told.Worker?.Process, units.Worker, now),
            told.Web?.Keys,
            told.Web?.UnderWay,
            told.Web?.Scanner?.Trouble,
            told.Disk is { } sample && space is { } free ? DiskLine.Of(sample, free, session.Options.Disk) : null,
            told.Web is { } of ? HourLine.Of(of, now) : null,
            told.Bans,
            told.Worker?.Drift is { } drift ? DriftLine.Of(drift) : null,
            [.. (told.Worker?.Jobs ?? []).Select(JobLine.Of)]);
    }

    private static FileSystemSpace? SpaceOf(string root, out string? trouble)
    {
        try
        {
            trouble = null;
            return FileSystemSpace.Of(root);
        }
        catch (PosixException e)
        {
            trouble = e.Message;
            return null;
        }
    }

    private static IReadOnlyList<string> CorruptLedgers(string directory) => !Directory.Exists(directory)
        ? []
        : [.. Directory.EnumerateFiles(directory, LedgerName + ".corrupt-*").OrderDescending(StringComparer.Ordinal)];

    private sealed record Units(Unit? Socket = null, Unit? Web = null, Unit? Worker = null);

    private sealed record Told(WebStatus? Web = null, WorkerStatus? Worker = null, LedgerSample? Disk = null, int? Bans = null);
}
