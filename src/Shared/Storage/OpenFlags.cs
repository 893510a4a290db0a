using System.Runtime.InteropServices;

namespace Uploader.Shared.Storage;

/// <summary>Flags of open(2). Two of them have other values on Arm: there, x86's O_DIRECTORY is O_DIRECT.</summary>
internal static class OpenFlags
{
    public const int ReadOnly = 0x0;
    public const int ReadWrite = 0x2;
    public const int Create = 0x40;
    public const int Exclusive = 0x80;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;

    /// <summary>Only a name for the inode: opens what cannot be read, wakes no FIFO's other end, starts no device (open(2), O_PATH).</summary>
    public const int PathOnly = 0x200000;

    public static readonly int Directory = IsArm ? 0x4000 : 0x10000;

    public static readonly int NoFollow = IsArm ? 0x8000 : 0x20000;

    private static bool IsArm => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;
}
