using System.CommandLine;
using System.Text.Json.Serialization;
using Microsoft.Win32.SafeHandles;
using Uploader.Ctl.Commands;
using Uploader.Ctl.Terminals;
using Uploader.Shared.Storage;

namespace Uploader.Ctl.Uploads;

/// <summary><c>uploaderctl uploads list</c>: what was stored, the newest first.</summary>
internal static class UploadsList
{
    private const int UsualCount = 20;

    public static Command Command(Desk desk)
    {
        var options = new UploadOptions();
        var count = new Option<int>("-n", "--lines")
        {
            Description = $"At most so many, the newest ones (default {UsualCount}); 0 for all.",
            HelpName = "N",
            DefaultValueFactory = _ => UsualCount,
        };
        var command = new Command("list", "What was stored, the newest first, from the files' extended attributes. Ends with 1 when there is nothing.") { count };
        options.AddTo(command);
        return desk.Does(command, (session, words, cancellation) =>
            Task.FromResult(Show(session, options.Read(session, words), words.GetValue(count), cancellation)));
    }

    private static int Show(Session session, UploadSelection selection, int count, CancellationToken cancellation)
    {
        if (count < 0)
            throw new NotDoneException($"-n {count}: write how many, or 0 for all", ExitStatus.Usage);
        var newest = new Newest(selection, count == 0 ? int.MaxValue : count);
        newest.Walk(session, cancellation);
        var uploads = newest.InOrder();
        session.Show([.. uploads.Select(UploadLine.Of)], UploadsJson.Default.UploadLineArray, terminal => Write(terminal, uploads, newest.Count, session.Now));
        newest.Confess(session.Terminal);
        return uploads.Length == 0 ? ExitStatus.No : ExitStatus.Done;
    }

    private static void Write(Terminal terminal, Upload[] uploads, long found, DateTimeOffset now)
    {
        if (uploads.Length == 0)
        {
            terminal.WriteLine("No uploads.");
            return;
        }

        var table = new Table(
            new("AGE", IsNumber: true), new("SIZE", IsNumber: true), new("KEY", MayBeCut: true), new("FROM", MayBeCut: true), new("NAME", MayBeCut: true), new("ID"));
        foreach (var upload in uploads)
        {
            var known = upload.Known;
            table.Add(Shown.Span(now - upload.At), Shown.Bytes(upload.Bytes), known.Key ?? "-", known.From ?? "-", known.Name ?? "-", upload.Id ?? upload.Path);
        }

        table.WriteTo(terminal);
        if (found > uploads.Length)
            terminal.WriteLine(terminal.Paint(Colour.Faint, $"{uploads.Length} of {found}; -n 0 shows all."));
    }

    /// <summary>Keeps the newest of what it sees, and no more than was asked for.</summary>
    private sealed class Newest(UploadSelection selection, int most) : StoreVisitor(selection)
    {
        private readonly PriorityQueue<Upload, DateTimeOffset> _kept = new();

        public long Count { get; private set; }

        public Upload[] InOrder() => [.. _kept.UnorderedItems.Select(item => item.Element).OrderByDescending(upload => upload.At).ThenBy(upload => upload.Path, StringComparer.Ordinal)];

        protected override void See(Upload upload, in FoundFile file, SafeFileHandle handle)
        {
            Count++;
            _kept.Enqueue(upload, upload.At);
            if (_kept.Count > most)
                _kept.Dequeue();
        }
    }
}

/// <summary>An upload as programs read it.</summary>
/// <param name="Id">Null: the file's name is not one that the service gives.</param>
/// <param name="Path">Below the uploads directory, with what cannot be shown written as escapes.</param>
/// <param name="SentSha256">Of what was sent; null when that is what was stored.</param>
/// <param name="At">When it was stored; null when the file does not say.</param>
internal sealed record UploadLine(
    string? Id, string Path, long Bytes, string? Name, string? Type, string? Sha256, string? SentSha256, string? Key, string? From, DateTimeOffset? At, DateTimeOffset Modified, string Permissions)
{
    public static UploadLine Of(Upload upload) => new(
        upload.Id, upload.Path, upload.Bytes, upload.Known.Name, upload.Known.Type, upload.Known.Sha256, upload.Known.SentSha256, upload.Known.Key, upload.Known.From,
        upload.Known.At, upload.Modified, upload.Permissions.ToString());
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(UploadLine[]))]
[JsonSerializable(typeof(Verification))]
internal sealed partial class UploadsJson : JsonSerializerContext;
