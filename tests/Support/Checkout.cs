namespace Support;

/// <summary>Where things are in the checkout that the running test was built from.</summary>
public static class Checkout
{
    public static string Root { get; } = FindRoot();

    /// <summary><c>Debug</c> or <c>Release</c>: the programs under test are taken from the build that the tests are from.</summary>
    public static string Configuration { get; } = AppContext.BaseDirectory.Contains("/bin/Release/", StringComparison.Ordinal) ? "Release" : "Debug";

    public static string Of(params ReadOnlySpan<string> parts) => Path.Join([Root, .. parts]);

    /// <summary>
    /// The command that starts one of the programs, <c>Web</c>, <c>Worker</c> or <c>Ctl</c>: the one that is shipped, where <c>TEST_PROGRAMS_OF_UPLOADER</c> names a tree
    /// laid out as <c>/srv/fileuploader</c> (scripts/test does), else this build's.
    /// </summary>
    public static IReadOnlyList<string> Program(string name)
    {
        var shipped = Environment.GetEnvironmentVariable("TEST_PROGRAMS_OF_UPLOADER");
        var (folder, file) = name == "Ctl" ? ("bin", "uploaderctl") : (name.ToLowerInvariant(), $"Uploader.{name}");
        var program = string.IsNullOrEmpty(shipped)
            ? Of("src", name, "bin", Configuration, "net10.0", $"{file}.dll")
            : Path.Join(shipped, folder, file);
        if (!File.Exists(program))
            throw new FileNotFoundException($"Not built: {program}");
        return string.IsNullOrEmpty(shipped) ? ["dotnet", program] : [program];
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Join(folder.FullName, "Uploader.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException($"No Uploader.sln above {AppContext.BaseDirectory}");
    }
}
