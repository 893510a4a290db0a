using System.CommandLine;
using System.Text.Json.Serialization;
using Uploader.Ctl.Commands;
using Uploader.Ctl.Terminals;
using Uploader.Shared.Storage;

namespace Uploader.Ctl.Usage;

/// <summary><c>uploaderctl usage</c>: what the store holds, by day, by type and by key.</summary>
internal static class UsageReport
{
    public static Command Command(Desk desk)
    {
        var by = new Option<UsageKind?>("--by") { Description = "Only by that: day, type or key. Without it: all three.", HelpName = "day|type|key" };
        var since = Since.Option("Only whole days");
        var command = new Command("usage", "Files and bytes in the store by day, by type and by key; the total is what the disk watch measures.") { by, since };
        return desk.Does(command, (session, words, cancellation) =>
            Task.FromResult(Show(session, words.GetValue(by), Since.Of(words.GetValue(since), session.Now), cancellation)));
    }

    private static int Show(Session session, UsageKind? by, DateTimeOffset? since, CancellationToken cancellation)
    {
        var seen = new UsageVisitor(since, opens: by is not UsageKind.Day);
        TreeWalk.Visit(session.Options.Storage.Root, seen, cancellation);
        var usage = StoreUsage.Of(seen, by, since);
        session.Show(usage, UsageJson.Default.StoreUsage, terminal => Write(terminal, usage));
        if (seen.Unread > 0)
            session.Terminal.Complain($"{seen.Unread} {(seen.Unread == 1 ? "place" : "places")} could not be read, the first is {seen.FirstUnread}");
        return ExitStatus.Done;
    }

    private static void Write(Terminal terminal, StoreUsage usage)
    {
        Write(terminal, "DAY", "elsewhere", usage.Days);
        Write(terminal, "TYPE", "unknown", usage.Types);
        Write(terminal, "KEY", "unattributed", usage.Keys);
        var since = usage.Since is { } day ? $" since {day:yyyy-MM-dd}" : "";
        terminal.WriteLine($"{usage.Files} {(usage.Files == 1 ? "file" : "files")}, {Shown.Bytes(usage.Bytes)} in all{since}.");
    }

    private static void Write(Terminal terminal, string quality, string unknown, UsageLine[]? lines)
    {
        if (lines is null or [])
            return;
        var table = new Table(new(quality), new("FILES", IsNumber: true), new("SIZE", IsNumber: true));
        foreach (var line in lines)
            table.Add(line.Name is null ? new Cell(unknown, Colour.Faint) : line.Name, $"{line.Files}", Shown.Bytes(line.Bytes));
        table.WriteTo(terminal);
        terminal.WriteLine();
    }
}

/// <summary>By what usage is summed.</summary>
internal enum UsageKind
{
    Day,
    Type,
    Key,
}

/// <summary>Usage as programs read it. A line without a name is of files that do not say; what was not asked for is null.</summary>
internal sealed record StoreUsage(DateTimeOffset? Since, long Files, long Bytes, UsageLine[]? Days, UsageLine[]? Types, UsageLine[]? Keys, UsageLine? Unattributed)
{
    public static StoreUsage Of(UsageVisitor seen, UsageKind? by, DateTimeOffset? since) => new(
        since is { } moment ? new DateTimeOffset(moment.UtcDateTime.Date, TimeSpan.Zero) : null,
        seen.Files,
        seen.Bytes,
        by is null or UsageKind.Day ? seen.Days.ByName() : null,
        by is null or UsageKind.Type ? seen.Types.BySize() : null,
        by is null or UsageKind.Key ? seen.Keys.BySize() : null,
        by is UsageKind.Day ? null : new UsageLine(null, seen.UnattributedFiles, seen.UnattributedBytes));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(StoreUsage))]
internal sealed partial class UsageJson : JsonSerializerContext;
