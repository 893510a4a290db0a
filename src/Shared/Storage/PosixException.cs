using System.Runtime.InteropServices;

namespace Uploader.Shared.Storage;

/// <summary>A system call on the storage failed: which, on what, and with which errno.</summary>
internal sealed class PosixException(string call, int errno, string place)
    : IOException($"{call} {place}: {Marshal.GetPInvokeErrorMessage(errno)}", errno)
{
    public string Call { get; } = call;

    public int Errno { get; } = errno;

    /// <summary>What strerror(3) says, without the place: for events that name the place themselves.</summary>
    public string Reason => Describe(Call, Errno);

    /// <summary>The file system or the quota is full. Never the client's fault.</summary>
    public bool IsDiskFull => Errno is Storage.Errno.NoSpace or Storage.Errno.QuotaExceeded;

    public static string Describe(string call, int errno) => $"{call}: {Marshal.GetPInvokeErrorMessage(errno)}";

    /// <summary>The error that the last call of this thread left behind.</summary>
    /// <param name="place">Already fit for display: names in the tree may be an attacker's.</param>
    public static PosixException Last(string call, string place) => new(call, Marshal.GetLastPInvokeError(), place);
}
