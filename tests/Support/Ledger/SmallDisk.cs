using System.Diagnostics;

namespace Support.Ledger;

/// <summary>A tmpfs of a few pages, to run out of space on. Mounting needs root.</summary>
internal sealed class SmallDisk : IDisposable
{
    public SmallDisk(int kibibytes)
    {
        Directory = System.IO.Directory.CreateDirectory($"/var/tmp/small-{Guid.NewGuid():N}").FullName;
        Run("mount", "-t", "tmpfs", "-o", $"size={kibibytes}k", "tmpfs", Directory);
    }

    public string Directory { get; }

    private string Ballast => Path.Combine(Directory, "ballast");

    /// <summary>Leaves that many bytes free.</summary>
    public void FillUpTo(long free)
    {
        using var ballast = new FileStream(Ballast, FileMode.Append);
        var left = new DriveInfo(Directory).AvailableFreeSpace - free;
        ballast.Write(new byte[Math.Max(left, 0)]);
    }

    /// <summary>Emptied first: a process that another test is just forking may hold the file open, and with it the space.</summary>
    public void Free()
    {
        File.WriteAllBytes(Ballast, []);
        File.Delete(Ballast);
    }

    public void Dispose()
    {
        Run("umount", Directory);
        System.IO.Directory.Delete(Directory);
    }

    private static void Run(string command, params string[] arguments)
    {
        using var process = Process.Start(command, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{command} {string.Join(' ', arguments)}: {process.ExitCode}");
    }
}
