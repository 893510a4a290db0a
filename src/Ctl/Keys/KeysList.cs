using System.CommandLine;
using Uploader.Ctl.Commands;
using Uploader.Ctl.Terminals;
using Uploader.Shared.Keys;

namespace Uploader.Ctl.Keys;

/// <summary><c>uploaderctl keys list</c>: who may upload, with what restrictions, and which lines of the key file are no keys.</summary>
internal static class KeysList
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    public static Command Command(Desk desk) =>
        desk.Does(new Command("list", "Who may upload, until when, with what restrictions; and lines that are no keys."), (session, _) => Show(session));

    private static int Show(Session session)
    {
        var path = session.Options.Auth.KeyFile;
        var lines = File.Exists(path) ? new KeyText(File.ReadAllBytes(path)).Parse().Lines : KeyFile.Parse("").Lines;
        var keys = lines.Select(line => KeyReport.Of(line, session.Now)).ToArray();
        session.Show(keys, KeysJson.Default.KeyReportArray, terminal => Write(terminal, keys, lines.ToDictionary(line => line.Number), session.Now));
        if (!keys.Any(key => key.State == KeyReport.InForce))
            session.Terminal.Complain(Notes.NoKeyIsLeft);
        return ExitStatus.Done;
    }

    private static void Write(Terminal terminal, KeyReport[] keys, Dictionary<int, KeyLine> lines, DateTimeOffset now)
    {
        var table = new Table(new("NAME"), new("STATE"), new("SINCE"), new("KEY"), new("OPTIONS", MayBeCut: true), new("COMMENT", MayBeCut: true));
        foreach (var key in keys.Where(key => key.State != KeyReport.Rejected))
        {
            // The end has its own column.
            var options = lines[key.Line].Key!.Options with { Expires = null };
            table.Add(key.Name!, State(key, now), $"{key.Since:yyyy-MM-dd}", key.Fingerprint!, $"{options}", key.Comment);
        }

        if (table.Count > 0)
            table.WriteTo(terminal);
        foreach (var key in keys.Where(key => key.State == KeyReport.Rejected))
            terminal.WriteLine(terminal.Paint(Colour.Bad, $"Line {key.Line}{(key.Name is null ? "" : $" ({key.Name})")} is no key: {key.Reason}."));
    }

    private static Cell State(KeyReport key, DateTimeOffset now) => key switch
    {
        { State: KeyReport.Expired } => new($"expired {Shown.Ago(key.Expires!.Value, now)}", Colour.Bad),
        { Expires: { } end } => new($"expires {Shown.Ago(end, now)}", end - now < Soon ? Colour.Warning : Colour.Good),
        _ => new("in force", Colour.Good),
    };
}
