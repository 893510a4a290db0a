using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Uploader.Shared.Storage;

/// <summary>One folder that a walk is in: its handle, how far it has been read, and which subfolders of the last batch are still to be entered.</summary>
internal sealed class WalkLevel(SafeFileHandle handle, Statx status, int pathLength) : IDisposable
{
    private byte[] _folders = [];
    private int _filled;
    private int _next;
    private long _offset;

    public SafeFileHandle Handle { get; private set; } = handle;

    /// <summary>How long the walk's path was before this folder's name was added.</summary>
    public int PathLength { get; } = pathLength;

    public bool IsClosed => Handle.IsClosed;

    /// <summary>Keeps a subfolder's name for later. At most one batch of them is kept at a time, whatever somebody has planted.</summary>
    public void Add(ReadOnlySpan<byte> name)
    {
        if (_filled + name.Length > _folders.Length)
            Array.Resize(ref _folders, Math.Max(256, 2 * (_filled + name.Length)));
        name.CopyTo(_folders.AsSpan(_filled));
        _filled += name.Length;
    }

    /// <param name="name">Zero-terminated.</param>
    public bool TryTake(out ReadOnlySpan<byte> name)
    {
        name = _folders.AsSpan(_next, _filled - _next);
        if (name.IsEmpty)
        {
            _next = _filled = 0;
            return false;
        }

        name = name[..(name.IndexOf((byte)0) + 1)];
        _next += name.Length;
        return true;
    }

    public void ReadUpTo(long offset) => _offset = offset;

    /// <summary>
    /// Opens this folder again from one that was its child, and goes on where it was. False when that one's parent is another by now: somebody moved
    /// it, and <c>..</c> leads out of the tree.
    /// </summary>
    public bool TryReopen(SafeFileHandle child)
    {
        var parent = Posix.TryOpenAt(child, "..\0"u8, OpenFlags.ReadOnly | OpenFlags.Directory, out _);
        if (parent is null)
            return false;
        if (Posix.Status(parent).IsSameInode(status) && Libc.Seek(parent, _offset, 0) >= 0)
        {
            Handle = parent;
            return true;
        }

        parent.Dispose();
        return false;
    }

    public void Dispose() => Handle.Dispose();
}
