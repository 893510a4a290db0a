using Uploader.Ctl.Terminals;
using Uploader.Shared.Configuration;

namespace Uploader.Ctl.Commands;

/// <summary>
/// The settings that the units give to both processes by <c>EnvironmentFile=</c>: without them a command would look at another
/// directory than the service does.
/// </summary>
internal static class ServiceEnvironment
{
    public const string Path = "/etc/fileuploader/environment";

    /// <summary>The <c>UPLOADER_</c> variables in it, as keys of the configuration; nothing where there is no such file.</summary>
    public static IReadOnlyCollection<KeyValuePair<string, string?>> Read(Terminal terminal)
    {
        try
        {
            return Parse(File.ReadLines(Path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (UnauthorizedAccessException)
        {
            terminal.Complain($"{Path} cannot be read: settings in it are not seen. Try with sudo");
            return [];
        }
    }

    /// <summary>As systemd.exec(5) reads it, one assignment a line; continued lines are not settings of ours.</summary>
    internal static IReadOnlyCollection<KeyValuePair<string, string?>> Parse(IEnumerable<string> lines) =>
    [
        .. from line in lines.Select(line => line.Trim())
           where line.StartsWith(ConfigurationFile.EnvironmentPrefix, StringComparison.OrdinalIgnoreCase) && line.Contains('=')
           let name = line[ConfigurationFile.EnvironmentPrefix.Length..line.IndexOf('=')].TrimEnd()
           select KeyValuePair.Create(name.Replace("__", ":", StringComparison.Ordinal), (string?)Unquoted(line[(line.IndexOf('=') + 1)..].Trim())),
    ];

    private static string Unquoted(string value) =>
        value.Length >= 2 && value[0] == value[^1] && value[0] is '"' or '\'' ? value[1..^1] : value;
}
