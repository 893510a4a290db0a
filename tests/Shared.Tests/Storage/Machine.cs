using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Shared.Tests.Storage;

/// <summary>System calls the tests need to set traps that the product must not fall into.</summary>
internal static partial class Machine
{
    public const uint Nobody = 65534;
    private const int CloneFs = 0x200;

    public static bool IsRoot => geteuid() == 0;

    public static void MustBeRoot() => Assert.SkipUnless(IsRoot, "needs root: mounts, devices, other accounts");

    public static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {error.Result}");
    }

    /// <summary>On a thread with an umask of its own.</summary>
    public static void WithUmask(uint mask, Action act) => OnThread(() =>
    {
        Check(unshare(CloneFs), "unshare");
        _ = umask(mask);
        act();
    });

    /// <summary>On a thread that is that user and group, without any capability. The system calls are raw because glibc's would change all threads.</summary>
    public static void AsUser(uint user, uint group, Action act) => OnThread(() =>
    {
        Check((int)syscall(SetGroups, 0, 0, 0), "setgroups");
        Check((int)syscall(SetResGid, -1, (nint)group, -1), "setresgid");
        Check((int)syscall(SetResUid, -1, (nint)user, -1), "setresuid");
        act();
    });

    public static void OnThread(Action act)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                act();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
    }

    public static void Mount(string source, string target, string type, ulong flags, string options) => Check(mount(source, target, type, flags, options), $"mount {target}");

    public static void Unmount(string target) => _ = umount2(target, 2);

    public static void Mkfifo(string path) => Check(mknod(path, 0x1000 | 0x1B6, 0), "mkfifo");

    public static void MknodNull(string path) => Check(mknod(path, 0x2000 | 0x1B6, 0x103), "mknod");

    public static void MakeSocket(string path) => Check(mknod(path, 0xC000 | 0x1B6, 0), "mknod");

    public static void Link(string existing, string path) => Check(link(existing, path), "link");

    public static void Exchange(string a, string b) => _ = renameat2(-100, a, -100, b, 2);

    /// <summary>Octal, as one writes it: <c>Chmod(path, "4755")</c>. Sets also the bits that .NET's call would.</summary>
    public static void Chmod(string path, string mode) => Check(chmod(path, Convert.ToUInt32(mode, 8)), "chmod");

    public static void Chown(string path, uint user, uint group) => Check(lchown(path, user, group), "lchown");

    /// <summary><c>0640 root:root</c>, of the link itself.</summary>
    public static string Look(string path) => Run("stat", "-c", "%04a %U:%G", path).Trim();

    /// <summary>How many handles of this process lead below the folder.</summary>
    public static int HandlesBelow(string folder) =>
        Directory.EnumerateFileSystemEntries("/proc/self/fd").Count(fd => (Target(fd) ?? "").StartsWith(folder, StringComparison.Ordinal));

    private static string? Target(string fd)
    {
        try
        {
            return new FileInfo(fd).LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static void Check(int result, string call)
    {
        if (result != 0)
            throw new InvalidOperationException($"{call}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    private static bool IsArm => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    private static nint SetResUid => IsArm ? 147 : 117;

    private static nint SetResGid => IsArm ? 149 : 119;

    private static nint SetGroups => IsArm ? 159 : 116;

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint a, nint b, nint c);

    [LibraryImport("libc")]
    private static partial uint geteuid();

    [LibraryImport("libc")]
    private static partial uint umask(uint mask);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int unshare(int flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mount(string source, string target, string type, ulong flags, string options);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int umount2(string target, int flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mknod(string path, uint mode, ulong device);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int link(string existing, string path);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int renameat2(int a, string from, int b, string to, uint flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int chmod(string path, uint mode);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int lchown(string path, uint user, uint group);
}
