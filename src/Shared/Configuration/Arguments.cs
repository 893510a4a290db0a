namespace Uploader.Shared.Configuration;

/// <summary>The command line of either process.</summary>
internal sealed record Arguments
{
    public string? Config { get; private init; }

    public bool Check { get; private init; }

    public bool Version { get; private init; }

    public bool Help { get; private init; }

    public static string Usage(string name) =>
        $"""
        usage: {name} [--config FILE] [--check]
          --config FILE  the configuration, JSON (default {ConfigurationFile.DefaultPath}); UPLOADER_Section__Key in the environment overrides it
          --check        check the configuration, say all that is wrong with it, and do nothing else (exit status 0 or {Launch.BadConfiguration})
          --version      print the version
          --help         print this
        """;

    public static bool TryParse(string[] args, out Arguments arguments, out string problem)
    {
        arguments = new Arguments();
        problem = "";
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--config" when i + 1 < args.Length:
                    arguments = arguments with { Config = Path.GetFullPath(args[++i]) };
                    break;
                case "--check":
                    arguments = arguments with { Check = true };
                    break;
                case "--version":
                    arguments = arguments with { Version = true };
                    break;
                case "--help" or "-h":
                    arguments = arguments with { Help = true };
                    break;
                default:
                    problem = args[i] is "--config" ? "--config needs a file" : $"unknown argument '{args[i]}'";
                    return false;
            }
        }

        return true;
    }
}
