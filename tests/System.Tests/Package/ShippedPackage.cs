using System.Text.RegularExpressions;
using Support;

namespace System.Tests.Package;

/// <summary>The Debian package that scripts/package made of this version, unpacked into a folder.</summary>
public sealed partial class ShippedPackage : IAsyncLifetime
{
    private readonly Scratch _root = new();

    public string File { get; } = Checkout.Of("artifacts", $"uploader_{Version()}_amd64.deb");

    /// <summary>An entry a line, <c>mode owner/group path</c>, as <c>dpkg-deb --contents</c> has it but for size and date; a link with its target.</summary>
    public IReadOnlyList<string> Contents { get; private set; } = [];

    /// <summary>Where a path of the target machine was unpacked to.</summary>
    public string Of(string path) => Path.Join(_root.Path, path);

    /// <summary>A file of the package's control part, <c>postinst</c> or <c>conffiles</c>.</summary>
    public string Control(string file) => IO.File.ReadAllText(Of("DEBIAN/" + file));

    public async ValueTask InitializeAsync()
    {
        Assert.True(IO.File.Exists(File), $"{File} is missing; scripts/package makes it");
        Contents = [.. (await Run("dpkg-deb", "--contents", File)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => SizeAndDate().Replace(line, " "))];
        await Run("dpkg-deb", "--raw-extract", File, _root.Path);
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

    private static string Version() => VersionElement().Match(IO.File.ReadAllText(Checkout.Of("Directory.Build.props"))).Groups["version"].Value;

    [GeneratedRegex("<Version>(?<version>.+)</Version>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VersionElement();

    [GeneratedRegex(" +[0-9]+ [0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2} ", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SizeAndDate();
}
