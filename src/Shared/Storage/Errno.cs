namespace Uploader.Shared.Storage;

/// <summary>The error numbers that decide something here; the same on x86-64 and arm64 (errno(3)).</summary>
internal static class Errno
{
    public const int NotPermitted = 1; // EPERM
    public const int NoEntry = 2; // ENOENT
    public const int Interrupted = 4; // EINTR
    public const int WouldBlock = 11; // EAGAIN
    public const int AccessDenied = 13; // EACCES
    public const int Exists = 17; // EEXIST
    public const int NotADirectory = 20; // ENOTDIR
    public const int InvalidArgument = 22; // EINVAL
    public const int NoSpace = 28; // ENOSPC
    public const int OutOfRange = 34; // ERANGE
    public const int NotImplemented = 38; // ENOSYS
    public const int Loop = 40; // ELOOP
    public const int NoData = 61; // ENODATA
    public const int NotSupported = 95; // EOPNOTSUPP
    public const int QuotaExceeded = 122; // EDQUOT
}
