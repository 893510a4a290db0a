using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Uploader.Ctl.Doctor.Hosts;

/// <summary>How a program of the host ended, and what it wrote.</summary>
/// <param name="IsWhole">Whether it ended by itself; false when it was stopped for its time or the length of what it wrote.</param>
internal sealed record Ended(int Status, string Output, string Error, bool IsWhole);

/// <summary>Runs programs of the host for their answer, never longer than they are given.</summary>
internal static class Programs
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const int MostCharacters = 16 << 20;

    /// <summary>The system's own, for what is not named by its path: root's PATH may hold anything.</summary>
    private static readonly string[] Directories = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    /// <returns>Null when there is no such program.</returns>
    /// <param name="program">Its name, or its whole path.</param>
    /// <param name="environment">Variables that it gets besides our own.</param>
    public static async Task<Ended?> Run(
        string program, IEnumerable<string> arguments, CancellationToken cancellation, TimeSpan? patience = null, IEnumerable<KeyValuePair<string, string?>>? environment = null)
    {
        if (Find(program) is not { } path)
            return null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience ?? Patience);
        using var process = new Process { StartInfo = StartOf(path, arguments, environment ?? []) };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return null;
        }

        process.StandardInput.Close();
        // Both at once, or a full pipe of the one would hold up the other.
        var output = Read(process.StandardOutput, limit.Token);
        var error = Read(process.StandardError, limit.Token);
        var isWhole = await output is { IsWhole: true } && await error is { IsWhole: true };
        isWhole = await HasExited(process, isWhole, limit.Token);
        cancellation.ThrowIfCancellationRequested();
        return new Ended(isWhole ? process.ExitCode : -1, (await output).Text, (await error).Text, isWhole);
    }

    private static async Task<bool> HasExited(Process process, bool isWhole, CancellationToken limit)
    {
        try
        {
            if (isWhole)
            {
                await process.WaitForExitAsync(limit);
                return true;
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped below.
        }

        process.Kill(entireProcessTree: true);
        return false;
    }

    private static async Task<(string Text, bool IsWhole)> Read(StreamReader reader, CancellationToken limit)
    {
        var text = new StringBuilder();
        var buffer = new char[16 << 10];
        try
        {
            while (text.Length < MostCharacters)
            {
                var read = await reader.ReadAsync(buffer, limit);
                if (read == 0)
                    return (text.ToString(), true);
                text.Append(buffer, 0, read);
            }
        }
        catch (OperationCanceledException)
        {
            // What came until then is what there is.
        }

        return (text.ToString(), false);
    }

    private static ProcessStartInfo StartOf(string path, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string?>> environment)
    {
        var start = new ProcessStartInfo(path, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment["LC_ALL"] = "C";
        start.Environment["SYSTEMD_COLORS"] = "0";
        start.Environment["SYSTEMD_PAGER"] = "";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return start;
    }

    private static string? Find(string program) => Path.IsPathRooted(program) && File.Exists(program)
        ? program
        : Directories.Select(directory => Path.Join(directory, program)).FirstOrDefault(File.Exists);
}
