using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Uploader.Shared.Storage;

/// <summary>
/// One walk over everything below the root that sums what is used and judges permissions on the way. By descriptor: nothing anybody
/// does to the tree meanwhile leads it through a link, onto another device or into a FIFO. Nothing is allocated for a file that is as it should be.
/// </summary>
internal sealed class TreeWalk : IDisposable
{
    private static ReadOnlySpan<byte> StagingName => ".incoming\0"u8;

    private readonly WantedPermissions _wanted;
    private readonly IDriftVisitor? _visitor;
    private readonly IFileVisitor? _files;
    private readonly WalkStack _stack = new();
    private readonly WalkPath _path;
    private readonly DirectoryEntries _entries = new();
    private readonly HashSet<ulong> _hardLinked = [];
    private ulong _device;
    private long _usedBytes;
    private long _fileCount;
    private long _folders;
    private long _unreadable;
    private (string Path, string Reason)? _firstUnreadable;

    private TreeWalk(string root, WantedPermissions wanted, IDriftVisitor? visitor, IFileVisitor? files) =>
        (_path, _wanted, _visitor, _files) = (new WalkPath(root), wanted, visitor, files);

    /// <summary>Only the sums.</summary>
    public static WalkReport Measure(string root, CancellationToken cancellation) => Run(root, new WantedPermissions(0, 0), visitor: null, cancellation);

    /// <summary>Shows every file to the visitor, and judges no permissions. The sums are of the folders that were entered.</summary>
    /// <exception cref="PosixException">The root itself cannot be opened.</exception>
    public static WalkReport Visit(string root, IFileVisitor files, CancellationToken cancellation) =>
        Run(new TreeWalk(root, new WantedPermissions(0, 0), visitor: null, files), root, cancellation);

    /// <param name="root">The operator's path, links allowed.</param>
    /// <param name="wanted">What everything should look like.</param>
    /// <param name="visitor">Null: only the sums.</param>
    /// <param name="cancellation">Asked once a folder.</param>
    /// <exception cref="PosixException">The root itself cannot be opened. Everything below is counted as unreadable and left out.</exception>
    public static WalkReport Run(string root, WantedPermissions wanted, IDriftVisitor? visitor, CancellationToken cancellation) =>
        Run(new TreeWalk(root, wanted, visitor, files: null), root, cancellation);

    private static WalkReport Run(TreeWalk ofRoot, string root, CancellationToken cancellation)
    {
        using var walk = ofRoot;
        walk.EnterRoot(root);
        while (!walk._stack.IsEmpty)
        {
            cancellation.ThrowIfCancellationRequested();
            walk.Step();
        }

        return new WalkReport(walk._usedBytes, walk._fileCount, walk._folders, walk._unreadable, walk._firstUnreadable);
    }

    public void Dispose() => _stack.Dispose();

    private void EnterRoot(string root)
    {
        using var handle = Posix.Open(root, OpenFlags.PathOnly | OpenFlags.Directory);
        var found = Posix.Status(handle);
        _device = found.Device;
        Judge(handle, [], found, _wanted.Folder);
        Enter(handle, found, _path.Length);
        if (_stack.IsEmpty)
            throw new PosixException("openat", Errno.AccessDenied, DisplayPath.Of(root));
    }

    private void Step()
    {
        var folder = _stack.Top;
        if (folder.TryTake(out var name))
            EnterFolder(folder, name);
        else if (!TryReadBatch(folder))
            Leave();
    }

    private bool TryReadBatch(WalkLevel folder)
    {
        try
        {
            if (!_entries.Read(folder.Handle))
                return false;
        }
        catch (PosixException e)
        {
            if (e.Errno != Errno.NoEntry) // Removed since: nothing is left to count.
                LeftOut([], e.Reason);
            return false;
        }

        foreach (var entry in _entries)
        {
            folder.ReadUpTo(entry.NextOffset);
            if (entry.LooksLikeFolder)
                folder.Add(entry.Name);
            else
                Visit(folder, entry.Name);
        }

        return true;
    }

    private void Visit(WalkLevel folder, ReadOnlySpan<byte> name)
    {
        var errno = Posix.TryStatus(folder.Handle, name, out var found);
        if (errno == Errno.NoEntry)
            return;
        if (errno != 0)
            LeftOut(name, errno);
        else if (found.IsFolder && !found.IsMountPoint)
            folder.Add(name); // The file system did not say, or it became one just now.
        else if (Verdict.ForeignKind(found) is { } kind)
            Foreign(new Finding(_path, folder.Handle, name, found, _wanted.File), kind);
        else
            Count(folder.Handle, name, found);
    }

    private void Count(SafeFileHandle folder, ReadOnlySpan<byte> name, in Statx found)
    {
        _fileCount++;
        var usedBytes = found.Links == 1 || _hardLinked.Add(found.Inode) ? found.UsedBytes : 0;
        _usedBytes += usedBytes;
        Judge(folder, name, found, _wanted.File);
        _files?.Visit(new FoundFile(_path, folder, name, found, usedBytes));
    }

    private void Foreign(in Finding finding, string kind)
    {
        _visitor?.Foreign(finding, kind);
        _files?.Foreign(finding, kind);
    }

    private void EnterFolder(WalkLevel parent, ReadOnlySpan<byte> name)
    {
        if (_files?.Enters(_path.BelowRootOf(name)) == false)
            return;
        using var handle = Posix.TryOpenAt(parent.Handle, name, OpenFlags.PathOnly | OpenFlags.Directory, out var errno);
        if (handle is null)
        {
            // Removed, or exchanged for something else, since it was listed: the next walk meets that as what it is.
            if (errno is not (Errno.NoEntry or Errno.NotADirectory or Errno.Loop))
                LeftOut(name, errno);
            return;
        }

        var pathLength = _path.Length;
        _path.Push(name);
        var found = Posix.Status(handle);
        if (!TryEnter(handle, found, pathLength, isStaging: _stack.Depth == 1 && name.SequenceEqual(StagingName)))
            _path.CutTo(pathLength);
    }

    private bool TryEnter(SafeFileHandle handle, in Statx found, int pathLength, bool isStaging)
    {
        if (found.IsMountPoint || found.Device != _device)
        {
            Foreign(new Finding(_path, handle, [], found, _wanted.Folder), Verdict.MountPoint);
            return false;
        }

        // What is in staging is nobody's file yet: reserved by admission, removed by the staging sweep.
        Judge(handle, [], found, isStaging ? _wanted.Staging(found) : _wanted.Folder);
        return !isStaging && Enter(handle, found, pathLength);
    }

    // Opened for reading only now, after the visitor had its chance to repair a folder that cannot be read or entered.
    private bool Enter(SafeFileHandle pathOnly, in Statx found, int pathLength)
    {
        var handle = Posix.TryOpenAt(pathOnly, ".\0"u8, OpenFlags.ReadOnly | OpenFlags.Directory, out var errno);
        if (handle is null)
        {
            LeftOut([], errno);
            return false;
        }

        _folders++;
        _stack.Push(new WalkLevel(handle, found, pathLength));
        return true;
    }

    private void Leave()
    {
        var (pathLength, lost) = _stack.Pop();
        _path.CutTo(pathLength);
        if (lost > 0)
        {
            LeftOut([], "moved during the walk");
            _unreadable += lost - 1;
        }
    }

    private void Judge(SafeFileHandle at, ReadOnlySpan<byte> name, in Statx found, Permissions wanted)
    {
        if (_visitor is null || found.Permissions == wanted)
            return;
        if (Verdict.IsHardLinked(found))
            _visitor.Foreign(new Finding(_path, at, name, found, wanted), Verdict.HardLink);
        else
            _visitor.Drifted(new Finding(_path, at, name, found, wanted));
    }

    private void LeftOut(ReadOnlySpan<byte> name, int errno) => LeftOut(name, Marshal.GetPInvokeErrorMessage(errno));

    private void LeftOut(ReadOnlySpan<byte> name, string reason)
    {
        _unreadable++;
        _firstUnreadable ??= (_path.Show(name), reason);
        _files?.LeftOut(_path.Show(name), reason);
    }
}
