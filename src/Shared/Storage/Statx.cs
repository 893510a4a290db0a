using System.Runtime.InteropServices;

namespace Uploader.Shared.Storage;

/// <summary>What the kernel knows of an inode: struct statx, laid out alike on every architecture (statx(2)).</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal readonly struct Statx
{
    /// <summary>Type, mode, links, owner, group, inode, size, blocks: what a verdict needs, no times.</summary>
    public const uint Verdict = 0x1 | 0x2 | 0x4 | 0x8 | 0x10 | 0x100 | 0x200 | 0x400;

    public const uint ModifiedTime = 0x40;
    public const uint ChangedTime = 0x80;
    public const uint BirthTime = 0x800;

    private const ulong MountRoot = 0x2000; // STATX_ATTR_MOUNT_ROOT, Linux 5.8
    private const int TypeMask = 0xF000; // S_IFMT
    private const int ModeMask = 0xFFF;

    [FieldOffset(8)]
    private readonly ulong _attributes;

    [FieldOffset(16)]
    public readonly uint Links;

    [FieldOffset(20)]
    public readonly uint UserId;

    [FieldOffset(24)]
    public readonly uint GroupId;

    [FieldOffset(28)]
    private readonly ushort _mode;

    [FieldOffset(32)]
    public readonly ulong Inode;

    [FieldOffset(40)]
    public readonly ulong Size;

    [FieldOffset(48)]
    private readonly ulong _blocks;

    [FieldOffset(80)]
    public readonly long BornSeconds;

    [FieldOffset(88)]
    public readonly uint BornNanoseconds;

    /// <summary>With <see cref="ChangedNanoseconds"/>, when content or status last changed (ctime): nobody but the kernel sets it.</summary>
    [FieldOffset(96)]
    public readonly long ChangedSeconds;

    [FieldOffset(104)]
    public readonly uint ChangedNanoseconds;

    [FieldOffset(112)]
    private readonly long _modifiedSeconds;

    [FieldOffset(136)]
    private readonly uint _deviceMajor;

    [FieldOffset(140)]
    private readonly uint _deviceMinor;

    public FileKind Kind => (FileKind)(_mode & TypeMask);

    public bool IsFolder => Kind == FileKind.Folder;

    public bool IsRegular => Kind == FileKind.Regular;

    public Permissions Permissions => new((UnixFileMode)(_mode & ModeMask), UserId, GroupId);

    public ulong Device => ((ulong)_deviceMajor << 32) | _deviceMinor;

    /// <summary>Something is mounted here, be it a piece of the same device (a bind mount), which <see cref="Device"/> cannot show.</summary>
    public bool IsMountPoint => (_attributes & MountRoot) != 0;

    /// <summary>Bytes on disk, at most the length: a planted sparse file of a terabyte must not look like a full disk.</summary>
    public long UsedBytes => (long)Math.Min(Size, _blocks * 512);

    public DateTimeOffset Modified => DateTimeOffset.UnixEpoch.AddTicks(Math.Clamp(_modifiedSeconds, 0, MaxSeconds) * TimeSpan.TicksPerSecond);

    public bool IsSameInode(in Statx other) => Inode == other.Inode && Device == other.Device;

    // A file system may carry years that DateTimeOffset cannot.
    private static readonly long MaxSeconds = DateTimeOffset.MaxValue.ToUnixTimeSeconds();
}

/// <summary>The types an inode can have (inode(7), S_IFMT).</summary>
internal enum FileKind
{
    Unknown = 0,
    Fifo = 0x1000,
    CharacterDevice = 0x2000,
    Folder = 0x4000,
    BlockDevice = 0x6000,
    Regular = 0x8000,
    Link = 0xA000,
    Socket = 0xC000,
}
