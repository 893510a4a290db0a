using System.CommandLine;
using Microsoft.Win32.SafeHandles;
using Uploader.Ctl.Commands;
using Uploader.Ctl.Terminals;
using Uploader.Shared.Storage;

namespace Uploader.Ctl.Uploads;

/// <summary><c>uploaderctl uploads show</c>: everything that is known of some uploads.</summary>
internal static class UploadsShow
{
    public static Command Command(Desk desk)
    {
        var names = new Argument<string[]>("ID|PATH")
        {
            Description = "The id of an upload, or its path, absolute or below the uploads directory.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("show", "Everything that is known of an upload. Ends with 1 when there is no such upload.") { names };
        return desk.Does(command, (session, words, cancellation) => Task.FromResult(Show(session, words.GetValue(names)!, cancellation)));
    }

    private static int Show(Session session, string[] names, CancellationToken cancellation)
    {
        var root = session.Options.Storage.Root;
        var selection = new UploadSelection { Names = [.. names.Select(name => UploadName.Parse(name, root))] };
        var found = new Named(selection);
        found.Walk(session, cancellation);
        if (found.Uploads.Count > 0)
            session.Show([.. found.Uploads.Select(UploadLine.Of)], UploadsJson.Default.UploadLineArray, terminal => Write(terminal, found.Uploads, root, session.Now));
        found.Confess(session.Terminal);
        return selection.Missing.Any() || found.Unread > 0 ? ExitStatus.No : ExitStatus.Done;
    }

    private static void Write(Terminal terminal, IReadOnlyList<Upload> uploads, string root, DateTimeOffset now)
    {
        foreach (var (i, upload) in uploads.Index())
        {
            if (i > 0)
                terminal.WriteLine();
            SheetOf(upload, root, now).WriteTo(terminal);
        }
    }

    private static Sheet SheetOf(Upload upload, string root, DateTimeOffset now)
    {
        const string unknown = "not recorded";
        var known = upload.Known;
        var sheet = new Sheet();
        sheet.Add("Name", known.Name ?? unknown);
        sheet.Add("Path", $"{DisplayPath.Of(root)}/{upload.Path}");
        sheet.Add("Id", upload.Id ?? "none: the service gave it no such name", upload.Id is null ? Colour.Warning : Colour.None);
        sheet.Add("Size", upload.Bytes < 1024 ? Shown.Bytes(upload.Bytes) : $"{Shown.Bytes(upload.Bytes)} ({upload.Bytes} B)");
        sheet.Add("Type", known.Type ?? unknown);
        sheet.Add("SHA-256", known.Sha256 ?? unknown);
        if (known.SentSha256 is { } sent)
            sheet.Add("As sent", $"{sent} (SHA-256, with the metadata that was not stored)");
        sheet.Add("Key", known.Key ?? unknown);
        sheet.Add("From", known.From ?? unknown);
        sheet.Add("Stored", known.At is { } at ? $"{Shown.Time(at)}; {Shown.Ago(at, now)}" : unknown);
        sheet.Add("Modified", $"{Shown.Time(upload.Modified)}; {Shown.Ago(upload.Modified, now)}");
        sheet.Add("Mode", upload.Permissions.ToString());
        return sheet;
    }

    private sealed class Named(UploadSelection selection) : StoreVisitor(selection)
    {
        public List<Upload> Uploads { get; } = [];

        protected override void See(Upload upload, in FoundFile file, SafeFileHandle handle) => Uploads.Add(upload);
    }
}
