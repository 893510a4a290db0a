using Support;

namespace System.Tests.Machine;

/// <summary>The Debian package of the sources as they are: built by <c>scripts/package</c> where there is none that is newer than they.</summary>
internal static class FreshPackage
{
    private static readonly string[] Sources = ["src", "packaging", "systemd", "deploy", "docs", "scripts/package", "Directory.Build.props", "Directory.Packages.props"];
    private static readonly Lazy<Task<string>> Made = new(Make);

    public static Task<string> Path => Made.Value;

    /// <summary>The same package by another version, in that folder.</summary>
    public static async Task<string> As(string version, Scratch folder)
    {
        var (tree, package) = (folder.Of("package"), folder.Of($"uploader_{version}_amd64.deb"));
        await Do("dpkg-deb", "--raw-extract", await Path, tree);
        var control = IO.Path.Join(tree, "DEBIAN", "control");
        File.WriteAllLines(control, File.ReadAllLines(control).Select(line => line.StartsWith("Version:", StringComparison.Ordinal) ? $"Version: {version}" : line));
        await Do("dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "--build", tree, package);
        Directory.Delete(tree, recursive: true);
        return package;
    }

    private static async Task<string> Make()
    {
        if (Newest() is { } there && File.GetLastWriteTimeUtc(there) > Sources.SelectMany(Files).Max(File.GetLastWriteTimeUtc))
        {
            return there;
        }

        // What the compilers leave in the temporary folder goes with it.
        using var temporary = new Scratch();
        await using var script = Child.Start(
            Checkout.Of("scripts", "package"), [], new Dictionary<string, string?>(StringComparer.Ordinal) { ["TMPDIR"] = temporary.Path }, Checkout.Root);
        return await script.Exit(TimeSpan.FromMinutes(20)) == 0
            ? Newest()!
            : throw new InvalidOperationException($"scripts/package failed:\n{script.Output}");
    }

    private static string? Newest() => Directory.Exists(Checkout.Of("artifacts"))
        ? Directory.EnumerateFiles(Checkout.Of("artifacts"), "uploader_*_amd64.deb").MaxBy(File.GetLastWriteTimeUtc)
        : null;

    private static IEnumerable<string> Files(string source)
    {
        var path = Checkout.Of(source);
        return File.Exists(path)
            ? [path]
            : Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Where(file => !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal));
    }

    private static async Task Do(string program, params string[] arguments)
    {
        var (exitCode, output) = await Child.Run(program, arguments);
        Assert.True(exitCode == 0, output);
    }
}
