using System.Reflection;

namespace Uploader.Shared.Configuration;

/// <summary>How both processes begin: arguments, configuration, and then the process or a clear "no".</summary>
internal static class Launch
{
    /// <summary>EX_CONFIG of sysexits(3).</summary>
    public const int BadConfiguration = 78;

    /// <summary>EX_USAGE of sysexits(3).</summary>
    public const int BadUsage = 64;

    private const int Failed = 1;

    public static string Version { get; } =
        typeof(Launch).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <param name="name">The process's, for its messages.</param>
    /// <param name="args">The command line.</param>
    /// <param name="process">Runs until it is asked to stop.</param>
    /// <param name="check">What only this process can tell of the configuration.</param>
    public static async Task<int> Run(string name, string[] args, Func<UploaderOptions, Task> process, Func<UploaderOptions, IEnumerable<Finding>>? check = null)
    {
        if (!Arguments.TryParse(args, out var arguments, out var problem))
        {
            await Console.Error.WriteLineAsync($"{name}: {problem}\n{Arguments.Usage(name)}");
            return BadUsage;
        }

        if (arguments.Help || arguments.Version)
        {
            Console.WriteLine(arguments.Help ? Arguments.Usage(name) : $"{name} {Version}");
            return 0;
        }

        IReadOnlyList<Finding> findings = ConfigurationFile.Read(arguments.Config, out var options);
        findings = [.. findings, .. check?.Invoke(options) ?? []];
        foreach (var finding in findings)
            await Console.Error.WriteLineAsync($"{name}: configuration: {finding}");
        if (findings.Count > 0)
            return BadConfiguration;
        if (arguments.Check)
        {
            Console.WriteLine($"{name}: the configuration is good");
            return 0;
        }

        try
        {
            await process(options);
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A port in use, a directory that is not there: the operator needs the sentence, not the stack.
            await Console.Error.WriteLineAsync($"{name}: cannot start: {e.Message}");
            return Failed;
        }
    }
}
