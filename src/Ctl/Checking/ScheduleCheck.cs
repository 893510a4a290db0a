using Uploader.Ctl.Commands;
using Uploader.Ctl.Doctor.Hosts;
using Uploader.Shared.Configuration;

namespace Uploader.Ctl.Checking;

/// <summary>Asks the worker's own <c>--check</c>: only its scheduler knows whether a cron expression makes sense.</summary>
/// <param name="Findings">In the worker's words.</param>
/// <param name="Notes">Why it could not be asked.</param>
internal sealed record ScheduleCheck(IReadOnlyList<string> Findings, IReadOnlyList<string> Notes)
{
    private const string Mark = ": configuration: ";

    private static readonly string[] Places =
        [Path.GetFullPath(Path.Join(AppContext.BaseDirectory, "../worker/Uploader.Worker")), "/srv/fileuploader/worker/Uploader.Worker"];

    /// <param name="program">Null: where it is installed.</param>
    /// <param name="overrides">What the units would give it in its environment.</param>
    public static async Task<ScheduleCheck> Of(
        Session session, string? program, IEnumerable<KeyValuePair<string, string?>> overrides, CancellationToken cancellation)
    {
        if (program is not null && !File.Exists(program))
            throw new NotDoneException($"--worker {program}: there is no such program", ExitStatus.NoInput);
        var path = program is null ? Places.FirstOrDefault(File.Exists) : Path.GetFullPath(program);
        string[] arguments = session.ConfigFile is { } config ? ["--check", "--config", Path.GetFullPath(config)] : ["--check"];
        var environment = overrides.Select(setting =>
            KeyValuePair.Create(ConfigurationFile.EnvironmentPrefix + setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value));
        var ended = path is null ? null : await Programs.Run(path, arguments, cancellation, environment: environment);
        return ended is null
            ? new([], [$"cron expressions were not checked: the worker's program is neither at {string.Join(" nor at ", Places)}"])
            : Read(ended, path!);
    }

    private static ScheduleCheck Read(Ended ended, string path)
    {
        var findings = ended.Error.Split('\n')
            .Where(line => line.Contains(Mark, StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)..])
            .ToList();
        if (ended.Status != ExitStatus.Done && findings.Count == 0)
            findings.Add($"{path} --check ended with {ended.Status}: {ended.Error.Trim()}");
        return new(findings, []);
    }
}
