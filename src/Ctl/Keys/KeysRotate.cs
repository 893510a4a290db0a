using System.CommandLine;
using Uploader.Ctl.Commands;
using Uploader.Ctl.Terminals;
using Uploader.Shared.Keys;

namespace Uploader.Ctl.Keys;

/// <summary><c>uploaderctl keys rotate</c>: makes the successor of a key; both are good until a date, and then the new one alone.</summary>
internal static class KeysRotate
{
    private const string AtOnce = "now";
    private const string Never = "never";

    public static Command Command(Desk desk)
    {
        var name = KeyWords.Name("Whose key gets a successor.");
        var until = new Option<string>("--keep-old-until")
        {
            Description = "How long the old key stays good beside the new one: 7d, which is the default, 2027-01-31, or now for a key that has leaked.",
            HelpName = "DURATION|DATE",
            DefaultValueFactory = _ => "7d",
        };
        var expires = new Option<string?>("--expires") { Description = "The last day the new key is good for, or never. Without it, as the old one.", HelpName = "DATE" };
        until.Validators.Add(words => Check(words, AtOnce));
        expires.Validators.Add(words => Check(words, Never));
        var command = new Command("rotate", "Makes a new key of the same name and options and prints it, this once; the old one ends later.") { name, until, expires };
        return desk.Does(command, (session, words, cancellation) =>
            Rotate(session, words.GetValue(name)!, words.GetValue(until)!, words.GetValue(expires), cancellation));
    }

    private static async Task<int> Rotate(Session session, string name, string until, string? expires, CancellationToken cancellation)
    {
        using var edit = await KeyFileEdit.Begin(session.Options.Auth.KeyFile, cancellation);
        var lines = edit.Text.Parse().Lines.Where(line => line.Key?.Name == name).ToArray();
        if (lines.Length == 0)
            throw new NotDoneException(Notes.NoSuchName(name, edit.Path), ExitStatus.No);

        // The one that is meant to stay, of a rotation that is still under way the new one.
        var current = lines.MaxBy(line => line.Key!.Options.Expires ?? DateTimeOffset.MaxValue)!;
        var key = ClientKey.New();
        var successor = NamedKey.Of(name, key, current.Key!.Options with { Expires = EndOfSuccessor(current.Key, expires, session.Now) });
        edit.Text.Insert(current.Number, successor, KeyReport.CommentOf(session.Now, KeyReport.Of(current, session.Now).Comment));
        var end = until == AtOnce || !KeyWords.TryEnd(until, session.Now, out var date) ? session.Now : date;
        Retire(edit.Text, successor, end, session.Now);

        var after = edit.Text.Parse();
        edit.Save(successor);
        Tell(session, edit, after, successor, key);
        return ExitStatus.Done;
    }

    private static DateTimeOffset? EndOfSuccessor(NamedKey old, string? expires, DateTimeOffset now)
    {
        if (expires == Never)
            return null;
        var end = expires is not null && KeyWords.TryEnd(expires, now, out var date) ? date : old.Options.Expires;
        return end > now || end is null
            ? end
            : throw new NotDoneException($"the new key would have ended {Shown.Time(end.Value)}: say when it shall, --expires DATE or --expires never", ExitStatus.Usage);
    }

    /// <summary>Gives the others an end, never a later one than they have, and takes out those that have come to it and those that were rejected.</summary>
    private static void Retire(KeyText text, NamedKey successor, DateTimeOffset end, DateTimeOffset now)
    {
        // From below, so that the numbers of those above stay right.
        foreach (var line in KeysRevoke.LinesOf(successor.Name, text.Parse()).Where(line => !line.HasHashOf(successor)).Reverse())
        {
            var ends = line.Key?.Options.Expires is { } sooner && sooner < end ? sooner : end;
            if (ends <= now || line.Key is null)
                text.Remove([line.Number]);
            else
                text.Replace(line.Number, line.Key with { Options = line.Key.Options with { Expires = ends } });
        }
    }

    private static void Tell(Session session, KeyFileEdit edit, KeyFile after, NamedKey successor, string key)
    {
        var line = after.Lines.Single(line => line.Key?.HasHashOf(successor) == true);
        KeysNew.Show(session, new NewKeyReport(successor.Name, key, edit.Path, line.Number, successor.Options.Expires));
        var old = after.Keys.Where(other => other.Name == successor.Name && !other.HasHashOf(successor)).ToArray();
        session.Terminal.Error.WriteLine(old.Length == 0
            ? "The old key is gone."
            : $"The old key stays good beside it until {Shown.Time(old.Max(other => other.Options.Expires)!.Value)}.");
    }

    private static void Check(System.CommandLine.Parsing.OptionResult words, string alsoRight)
    {
        if (words.Tokens is [var token] && token.Value != alsoRight && !KeyWords.TryEnd(token.Value, DateTimeOffset.UnixEpoch, out _))
            words.AddError($"'{token.Value}' is not a duration such as 7d, a date such as 2027-01-31, nor '{alsoRight}'");
    }
}
