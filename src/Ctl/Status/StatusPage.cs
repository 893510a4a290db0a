using System.Globalization;
using Uploader.Ctl.Terminals;
using Uploader.Shared.Ledger;
using Uploader.Shared.Storage;

namespace Uploader.Ctl.Status;

/// <summary>The status for people.</summary>
internal static class StatusPage
{
    private const int BarWidth = 20;

    public static void Write(StatusReport report, Terminal terminal)
    {
        WriteAttention(report, terminal);
        terminal.WriteLine();
        SheetOf(report).WriteTo(terminal);
        if (report.Jobs.Length == 0)
            return;
        terminal.WriteLine();
        WriteJobs(report, terminal);
    }

    /// <summary><c>[########............] 42 %</c></summary>
    public static string Bar(double percent)
    {
        var filled = (int)Math.Clamp(Math.Round(percent / 100 * BarWidth), 0, BarWidth);
        return $"[{new string('#', filled)}{new string('.', BarWidth - filled)}] {percent.ToString("0", CultureInfo.InvariantCulture)} %";
    }

    private static void WriteAttention(StatusReport report, Terminal terminal)
    {
        if (report.IsWell)
        {
            terminal.WriteLine(terminal.Paint(Colour.Good, "Nothing needs attention."));
            return;
        }

        terminal.WriteLine(terminal.Paint(Colour.Strong, report.Attention.Length == 1 ? "One thing needs attention:" : $"{report.Attention.Length} things need attention, the worst first:"));
        foreach (var attention in report.Attention)
        {
            var colour = attention.Severity == Severity.Bad ? Colour.Bad : Colour.Warning;
            terminal.WriteLine($"* {terminal.Paint(colour, attention.What)}");
            terminal.WriteLine($"    {attention.Do}");
        }
    }

    private static Sheet SheetOf(StatusReport report)
    {
        var sheet = new Sheet();
        if (report.Socket is { } socket)
            sheet.Add("Socket", WordsOf(socket, report.At), socket.IsListening ? Colour.Good : Colour.Bad);
        Add(sheet, "Web", report.Web, report.At);
        Add(sheet, "Worker", report.Worker, report.At);
        if (report.Disk is { } disk)
            sheet.Add("Disk", $"{Bar(disk.Percent)} of {Limit(disk)}: {Shown.Bytes(disk.UsedBytes)} in {disk.Files} files, {Shown.Bytes(disk.FreeBytes)} free; measured {Shown.Ago(disk.MeasuredAt, report.At)}", ColourOf(disk.Level));
        if (report.LastHour is { } hour)
            sheet.Add("Hour", $"{hour.Uploads} uploads, {Shown.Bytes(hour.Bytes)}; {Refusals(hour)}{(hour.Faults > 0 ? $"; {hour.Faults} faults" : "")}");
        if (report.BansInForce is { } bans)
            sheet.Add("Bans", $"{bans} in force");
        if (report.Drift is { } drift)
            sheet.Add("Drift", Drift(drift, report.At), drift.NotRepaired + drift.Foreign > 0 ? Colour.Warning : Colour.None);
        return sheet;
    }

    private static void Add(Sheet sheet, string name, ProcessLine process, DateTimeOffset now)
    {
        var words = process.State switch
        {
            ProcessLine.Running => $"running{Since(process.Since, now)}",
            ProcessLine.Silent => $"not known to be alive{(process.ToldAt is { } told ? $", last heard of {Shown.Ago(told, now)}" : "")}",
            ProcessLine.Unknown => "never heard of",
            ProcessLine.Stopped when process.ToldAt is { } told => $"stopped {Shown.Ago(told, now)}",
            ProcessLine.Failed => $"failed ({process.Result})",
            _ => process.State,
        };
        var version = process.Version is null ? "" : $", version {process.Version}";
        var restarts = process.Restarts is > 0 and var count ? $", started again by systemd {count} times" : "";
        sheet.Add(name, words + version + restarts, process.IsUp ? Colour.Good : Colour.Bad);
        sheet.Add("", process.Sentence);
    }

    private static string WordsOf(SocketLine socket, DateTimeOffset now) =>
        socket.IsListening ? $"listening{Since(socket.Since, now)}, on {string.Join(" and ", socket.Listens)}" : $"not listening ({socket.State})";

    private static string Since(DateTimeOffset? since, DateTimeOffset now) => since is { } then ? $" since {Shown.Time(then)}; {Shown.Ago(then, now)}" : "";

    private static string Limit(DiskLine disk) => disk.MaxBytes is { } max ? Shown.Bytes(max) : "the file system";

    private static string Refusals(HourLine hour) => hour.Refusals == 0
        ? "no refusals"
        : $"{hour.Refusals} refusals: {string.Join(", ", hour.RefusalsByCode.OrderByDescending(refusal => refusal.Value).Select(refusal => $"{refusal.Value} {refusal.Key}"))}";

    private static string Drift(DriftLine drift, DateTimeOffset now)
    {
        var lastRepair = drift is { Repaired: 0, LastRepairAt: { } at } ? $"; the last repair was {Shown.Ago(at, now)}" : "";
        return $"{drift.Repaired} repaired, {drift.NotRepaired} not repaired, {drift.Foreign} foreign; swept {Shown.Ago(drift.SweptAt, now)}{lastRepair}";
    }

    private static Colour ColourOf(string level) => level switch
    {
        nameof(DiskLevel.Critical) => Colour.Bad,
        nameof(DiskLevel.Warning) => Colour.Warning,
        _ => Colour.None,
    };

    // As it was when the worker told it: a sweep each second is not told each second.
    private static void WriteJobs(StatusReport report, Terminal terminal)
    {
        var then = report.Worker.ToldAt ?? report.At;
        var table = new Table(new("JOB"), new("LAST RUN"), new("TOOK", IsNumber: true), new("OUTCOME"), new("NEXT RUN"), new("SCHEDULE", MayBeCut: true));
        foreach (var job in report.Jobs)
        {
            table.Add(
                job.Name,
                job.StartedAt is { } started ? Shown.Ago(started, then) : "never",
                job.Outcome is null ? "-" : Took(job.DurationMs),
                job.IsRunning ? "running" : new Cell(job.Outcome ?? "-", job.Outcome == JobStatus.Failed ? Colour.Bad : Colour.None),
                job.DueAt is not { } due ? "never" : due <= then ? "now" : Shown.Ago(due, then),
                job.Schedule);
        }

        table.WriteTo(terminal);
        terminal.WriteLine(terminal.Paint(Colour.Faint, $"As the worker told {Shown.Ago(then, report.At)}."));
    }

    private static string Took(double milliseconds) => milliseconds < 1000
        ? $"{milliseconds.ToString("0", CultureInfo.InvariantCulture)}ms"
        : Shown.Span(TimeSpan.FromMilliseconds(milliseconds));
}
