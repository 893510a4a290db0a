using Microsoft.Win32.SafeHandles;
using Uploader.Ctl.Commands;
using Uploader.Ctl.Terminals;
using Uploader.Shared.Storage;

namespace Uploader.Ctl.Uploads;

/// <summary>Walks the store for a command: finds the uploads that were asked for, opens each, and keeps count of what could not be read.</summary>
internal abstract class StoreVisitor(UploadSelection selection) : IFileVisitor
{
    private string? _firstUnread;

    /// <summary>Files and folders that could not be read.</summary>
    public long Unread { get; private set; }

    public bool Enters(ReadOnlySpan<byte> folder) => selection.MayHoldSome(folder);

    public void Visit(in FoundFile file)
    {
        if (!selection.IsNamed(file))
            return;
        using var handle = file.TryOpen(out var reason);
        if (handle is null)
        {
            if (reason.Length > 0) // Else it was removed: an upload that is not there.
                Unreadable(file.Path, reason);
            return;
        }

        try
        {
            var upload = Upload.Of(file, handle);
            if (selection.Includes(upload))
                See(upload, file, handle);
        }
        catch (PosixException e)
        {
            Unreadable(file.Path, e.Reason);
        }
    }

    public virtual void Foreign(in Finding finding, string kind)
    {
    }

    void IFileVisitor.LeftOut(string path, string reason) => Unreadable(path, reason);

    public WalkReport Walk(Session session, CancellationToken cancellation) => TreeWalk.Visit(session.Options.Storage.Root, this, cancellation);

    /// <summary>Says on standard error what an answer lacks.</summary>
    public void Confess(Terminal terminal)
    {
        if (Unread > 0)
            terminal.Complain($"{Unread} {(Unread == 1 ? "place" : "places")} could not be read, the first is {_firstUnread}");
        foreach (var name in selection.Missing)
            terminal.Complain($"there is no upload {name.Text}");
    }

    /// <exception cref="PosixException">It cannot be read.</exception>
    protected abstract void See(Upload upload, in FoundFile file, SafeFileHandle handle);

    protected virtual void Unreadable(string path, string reason)
    {
        Unread++;
        _firstUnread ??= $"{path} ({reason})";
    }
}
