using System.Diagnostics;
using Uploader.Shared.Storage;

namespace Uploader.Bench;

/// <summary>Our one walk for usage and permissions against the two commands that an operator would put into cron, over the same tree, warm.</summary>
internal static class TreeRace
{
    public static async Task Run(string root, int files, int rounds)
    {
        var (walk, du, find) = (new Times(), new Times(), new Times());
        var visitor = new Drifts();
        WalkReport? report = null;

        // The first round fills the kernel's caches and is not counted.
        for (var round = -1; round < rounds; round++)
        {
            var ofWalk = Time(() => report = TreeWalk.Run(root, Wanted(root), visitor, CancellationToken.None));
            var ofDu = await Time("du", "-s", root);
            var ofFind = await Time("find", root, "!", "-perm", "640");
            if (round < 0)
                continue;
            walk.Add(ofWalk);
            du.Add(ofDu);
            find.Add(ofFind);
        }

        if (report!.Files != files || visitor.Count != 0)
            throw new InvalidOperationException($"The walk saw {report.Files} files of {files} and {visitor.Count} that are not as they should be.");

        Print("du -s", du.Median, du.Median + find.Median);
        Print("find ! -perm 640", find.Median, du.Median + find.Median);
        Print("du, then find", du.Median + find.Median, du.Median + find.Median);
        Print("TreeWalk, both at once", walk.Median, du.Median + find.Median);
    }

    private static void Print(string what, double milliseconds, double ofBoth) =>
        Console.WriteLine($"  {what,-30}{milliseconds,12:N0}{milliseconds / ofBoth,10:N2}");

    private static WantedPermissions Wanted(string root)
    {
        using var handle = Posix.Open(root, OpenFlags.PathOnly | OpenFlags.Directory);
        var found = Posix.Status(handle).Permissions;
        return new WantedPermissions(found.UserId, found.GroupId);
    }

    private static TimeSpan Time(Action action)
    {
        var began = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(began);
    }

    private static async Task<TimeSpan> Time(string command, params string[] arguments)
    {
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var took = Stopwatch.GetElapsedTime(began);
        return process.ExitCode == 0 ? took : throw new InvalidOperationException($"{command} failed with {process.ExitCode}.");
    }

    private sealed class Drifts : IDriftVisitor
    {
        public int Count { get; private set; }

        public void Drifted(in Finding finding) => Count++;

        public void Foreign(in Finding finding, string kind) => Count++;
    }
}
