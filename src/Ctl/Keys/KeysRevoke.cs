using System.CommandLine;
using Uploader.Ctl.Commands;
using Uploader.Shared.Keys;

namespace Uploader.Ctl.Keys;

/// <summary><c>uploaderctl keys revoke</c>: takes out every key of a name.</summary>
internal static class KeysRevoke
{
    public static Command Command(Desk desk)
    {
        var name = KeyWords.Name("Whose keys to take out, old and new.");
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask." };
        var command = new Command("revoke", "Takes out every key of that name; its clients are refused from then on.") { name, yes };
        return desk.Does(command, (session, words, cancellation) => Revoke(session, words.GetValue(name)!, words.GetValue(yes), cancellation));
    }

    /// <summary>
    /// Lines that were rejected too: one that lost to the line that goes, for its name or for its key, would come into force in its place.
    /// </summary>
    internal static KeyLine[] LinesOf(string name, KeyFile file)
    {
        var keys = file.Keys.Where(key => key.Name == name).ToArray();
        return [.. file.Lines.Where(line => line.Name == name || keys.Any(line.HasHashOf))];
    }

    private static async Task<int> Revoke(Session session, string name, bool isAgreed, CancellationToken cancellation)
    {
        using (var look = await KeyFileEdit.Begin(session.Options.Auth.KeyFile, cancellation))
            _ = Found(name, look);
        session.Terminal.Confirm($"Take out every key of {name}?", isAgreed);

        // Not locked while somebody thinks.
        using var edit = await KeyFileEdit.Begin(session.Options.Auth.KeyFile, cancellation);
        var lines = Found(name, edit);
        edit.Text.Remove(lines.Select(line => line.Number));
        edit.Save();
        Tell(session, edit, name, lines);
        return ExitStatus.Done;
    }

    private static KeyLine[] Found(string name, KeyFileEdit edit) => LinesOf(name, edit.Text.Parse()) is { Length: > 0 } lines
        ? lines
        : throw new NotDoneException(Notes.NoSuchName(name, edit.Path), ExitStatus.No);

    private static void Tell(Session session, KeyFileEdit edit, string name, KeyLine[] lines)
    {
        session.Show(new RevokedReport(name, edit.Path, [.. lines.Select(line => line.Number)]), KeysJson.Default.RevokedReport, terminal =>
        {
            terminal.WriteLine($"{name} is revoked: {(lines.Length == 1 ? "one line was" : $"{lines.Length} lines were")} taken out of {edit.Path}.");
            foreach (var line in lines.Where(line => line.Name != name))
                terminal.WriteLine($"Line {line.Number} ({line.Name}) held the same key and is gone too.");
        });
        session.Terminal.Error.WriteLine(Notes.TakenOver);
        if (edit.Text.Parse().Keys.All(key => key.Options.IsExpired(session.Now)))
            session.Terminal.Complain(Notes.NoKeyIsLeft);
    }
}
