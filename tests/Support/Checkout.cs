namespace Support;

/// <summary>Where things are in the checkout that the running test was built from.</summary>
public static class Checkout
{
    public static string Root { get; } = FindRoot();

    /// <summary><c>Debug</c> or <c>Release</c>: the programs under test are taken from the build that the tests are from.</summary>
    public static string Configuration { get; } = AppContext.BaseDirectory.Contains("/bin/Release/", StringComparison.Ordinal) ? "Release" : "Debug";

    public static string Of(params ReadOnlySpan<string> parts) => Path.Join([Root, .. parts]);

    /// <summary>The built assembly of one of the programs, <c>Web</c> or <c>Worker</c>.</summary>
    public static string Program(string name)
    {
        var dll = Of("src", name, "bin", Configuration, "net10.0", $"Uploader.{name}.dll");
        return File.Exists(dll) ? dll : throw new FileNotFoundException($"Not built: {dll}");
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
