using System.Text.RegularExpressions;
using Support;

namespace System.Tests.Package;

/// <summary>The Debian package of the sources as they are, unpacked into a folder.</summary>
public sealed partial class ShippedPackage : IAsyncLifetime
{
    private static readonly string[] Sources = ["src", "packaging", "systemd", "deploy", "docs", "scripts/package", "Directory.Build.props", "Directory.Packages.props"];
    private static readonly Lazy<Task<string>> Made = new(Make);

    private readonly Scratch _root = new();

    /// <summary>Its file, which <c>scripts/package</c> makes where there is none that is newer than the sources.</summary>
    public static Task<string> File => Made.Value;

    /// <summary>An entry a line, <c>mode owner/group path</c>, as <c>dpkg-deb --contents</c> has it but for size and date; a link with its target.</summary>
    public IReadOnlyList<string> Contents { get; private set; } = [];

    /// <summary>The same package by another version, in that folder.</summary>
    internal static async Task<string> As(string version, Scratch folder)
    {
        var (tree, package) = (folder.Of("package"), folder.Of($"uploader_{version}_amd64.deb"));
        await Run("dpkg-deb", "--raw-extract", await File, tree);
        var control = Path.Join(tree, "DEBIAN", "control");
        IO.File.WriteAllLines(control, IO.File.ReadAllLines(control).Select(line => line.StartsWith("Version:", StringComparison.Ordinal) ? $"Version: {version}" : line));
        await Run("dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "--build", tree, package);
        Directory.Delete(tree, recursive: true);
        return package;
    }

    /// <summary>Where a path of the target machine was unpacked to.</summary>
    public string Of(string path) => Path.Join(_root.Path, path);

    /// <summary>A file of the package's control part, <c>postinst</c> or <c>conffiles</c>.</summary>
    public string Control(string file) => IO.File.ReadAllText(Of("DEBIAN/" + file));

    public async ValueTask InitializeAsync()
    {
        Contents = [.. (await Run("dpkg-deb", "--contents", await File)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => SizeAndDate().Replace(line, " "))];
        await Run("dpkg-deb", "--raw-extract", await File, _root.Path);
    }

    public ValueTask DisposeAsync()
    {
        _root.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs a command, which must succeed, and gives what it says.</summary>
    public static async Task<string> Run(string program, params string[] arguments)
    {
        var (exitCode, output) = await Child.Run(program, arguments);
        return exitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {exitCode}:\n{output}");
    }

    private static async Task<string> Make()
    {
        var file = Checkout.Of("artifacts", $"uploader_{Version()}_amd64.deb");
        if (IO.File.Exists(file) && IO.File.GetLastWriteTimeUtc(file) > Sources.SelectMany(Files).Max(IO.File.GetLastWriteTimeUtc))
        {
            return file;
        }

        // What the compilers leave in the temporary folder goes with it.
        using var temporary = new Scratch();
        await using var script = Child.Start(
            Checkout.Of("scripts", "package"), [], new Dictionary<string, string?>(StringComparer.Ordinal) { ["TMPDIR"] = temporary.Path }, Checkout.Root);
        return await script.Exit(TimeSpan.FromMinutes(20)) == 0 ? file : throw new InvalidOperationException($"scripts/package failed:\n{script.Output}");
    }

    private static IEnumerable<string> Files(string source)
    {
        var path = Checkout.Of(source);
        return IO.File.Exists(path)
            ? [path]
            : Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Where(file => !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal));
    }

    private static string Version() => VersionElement().Match(IO.File.ReadAllText(Checkout.Of("Directory.Build.props"))).Groups["version"].Value;

    [GeneratedRegex("<Version>(?<version>.+)</Version>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VersionElement();

    [GeneratedRegex(" +[0-9]+ [0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2} ", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SizeAndDate();
}
