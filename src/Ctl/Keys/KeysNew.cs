using System.CommandLine;
using Uploader.Ctl.Commands;
using Uploader.Shared.Keys;

namespace Uploader.Ctl.Keys;

/// <summary><c>uploaderctl keys new</c>: makes a key, shows it once, and puts its hash into the key file.</summary>
internal static class KeysNew
{
    public static Command Command(Desk desk)
    {
        var name = KeyWords.Name("Whose key it is. It stands with every file that is stored with the key.");
        var comment = KeyWords.Comment();
        var options = KeyWords.Options();
        var command = new Command("new", "Makes a key and prints it, this once. Only its hash is kept.") { name, comment };
        foreach (var option in options.Values)
            command.Add(option);
        return desk.Does(command, (session, words, cancellation) =>
        {
            var key = ClientKey.New();
            var named = NamedKey.Of(words.GetValue(name)!, key, KeyWords.Read(words, options, KeyOptions.None, session.Now));
            return Add(session, named, key, words.GetValue(comment)!, cancellation);
        });
    }

    /// <summary>The key alone on standard output, for <c>KEY=$(uploaderctl keys new x)</c>.</summary>
    public static void Show(Session session, NewKeyReport report)
    {
        session.Show(report, KeysJson.Default.NewKeyReport, terminal => terminal.WriteLine(report.Key));
        session.Terminal.Error.WriteLine($"This is the key of {report.Name}, shown this once: only its hash is kept, in {report.File} line {report.Line}.");
        session.Terminal.Error.WriteLine(Notes.TakenOver);
    }

    private static async Task<int> Add(Session session, NamedKey named, string key, string comment, CancellationToken cancellation)
    {
        if (named.Options.IsExpired(session.Now))
            throw new NotDoneException($"--{KeyExpiry.OptionName} is past: the key would open nothing", ExitStatus.Usage);

        using var edit = await KeyFileEdit.Begin(session.Options.Auth.KeyFile, cancellation);
        if (edit.Text.Parse().Lines.FirstOrDefault(line => line.Name == named.Name) is { } taken)
        {
            throw new NotDoneException(
                taken.Key is null
                    ? $"line {taken.Number} of {edit.Path} has the name '{named.Name}' but is no key: {taken.Rejection}. Mend it, or take it out with 'uploaderctl keys revoke {named.Name}'"
                    : $"'{named.Name}' has a key already. 'uploaderctl keys rotate {named.Name}' makes its successor",
                ExitStatus.No);
        }

        edit.Text.Insert(0, named, KeyReport.CommentOf(session.Now, comment));
        var line = edit.Text.Parse().Lines.Single(line => line.Key?.HasHashOf(named) == true);
        edit.Save(named);
        Show(session, new NewKeyReport(named.Name, key, edit.Path, line.Number, named.Options.Expires));
        return ExitStatus.Done;
    }
}
