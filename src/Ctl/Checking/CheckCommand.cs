using System.CommandLine;
using Uploader.Ctl.Commands;
using Uploader.Ctl.Terminals;
using Uploader.Shared.Configuration;
using Uploader.Shared.Keys;

namespace Uploader.Ctl.Checking;

/// <summary><c>uploaderctl check</c>: whether the service could start with this configuration, all that is wrong at once.</summary>
internal static class CheckCommand
{
    public static Command Command(Desk desk)
    {
        var worker = new Option<string?>("--worker")
        {
            Description = "The worker's program, which alone can judge cron expressions; without this option the installed one is looked for.",
            HelpName = "FILE",
        };
        var command = new Command(
            "check",
            "All that is wrong with the configuration file, the units' environment file, the schedule, the key file and the directories, at once. Changes nothing. Ends with 0 when nothing is wrong, with 78 when anything is.")
        {
            worker,
        };
        return desk.Does(command, (session, words, cancellation) => Check(session, words.GetValue(worker), cancellation));
    }

    private static async Task<int> Check(Session session, string? worker, CancellationToken cancellation)
    {
        var overrides = session.ConfigFile is null ? ServiceEnvironment.Read(session.Terminal) : [];
        var wrong = ConfigurationFile.Read(session.ConfigFile, overrides, out var options);
        var findings = wrong.Select(finding => new CheckFinding(CheckFinding.Configuration, finding + PlaceOf(finding, overrides))).ToList();
        var notes = new List<string>();

        var schedule = await ScheduleCheck.Of(session, worker, overrides, cancellation);
        // The worker reads the same configuration, and finds the same in what we both know.
        findings.AddRange(schedule.Findings.Except(wrong.Select(finding => finding.ToString())).Select(what => new CheckFinding(CheckFinding.Schedule, what)));
        notes.AddRange(schedule.Notes);

        if (wrong.Any(finding => finding.Key == "--config"))
            notes.Add("keys and paths were not checked: where they are is not known");
        else
            findings.AddRange([.. KeysOf(options, notes), .. PathCheck.Of(options, session.ConfigFile)]);

        var report = new CheckReport(findings.Count == 0, [.. findings], [.. notes]);
        session.Show(report, CheckJson.Default.CheckReport, terminal => Write(report, terminal));
        return report.IsGood ? ExitStatus.Done : ExitStatus.BadConfiguration;
    }

    private static string PlaceOf(Finding finding, IEnumerable<KeyValuePair<string, string?>> overrides) =>
        overrides.Any(setting => string.Equals(setting.Key, finding.Key, StringComparison.OrdinalIgnoreCase)) ? $" (in {ServiceEnvironment.Path})" : "";

    private static IEnumerable<CheckFinding> KeysOf(UploaderOptions options, List<string> notes)
    {
        var path = options.Auth.KeyFile;
        if (!File.Exists(path))
        {
            notes.Add($"there is no key file {path} yet; the first key: uploaderctl keys new NAME");
            return [];
        }

        var reading = KeyFileReading.Of(path);
        return reading.Text is null
            ? [new CheckFinding(CheckFinding.Keys, $"{path} cannot be read: {reading.Trouble}")]
            : KeyFile.Parse(reading.Text).Rejected.Select(line => new CheckFinding(CheckFinding.Keys, $"{path} line {line.Number} is not a key and is left out: {line.Reason}"));
    }

    private static void Write(CheckReport report, Terminal terminal)
    {
        foreach (var finding in report.Findings)
            terminal.WriteLine($"{terminal.Paint(Colour.Bad, finding.Subject)}: {Shared.Journal.OneLine.Escape(finding.What)}");
        foreach (var note in report.Notes)
            terminal.WriteLine($"{terminal.Paint(Colour.Warning, "note")}: {Shared.Journal.OneLine.Escape(note)}");
        terminal.WriteLine(report.IsGood ? terminal.Paint(Colour.Good, "Nothing is wrong.") : terminal.Paint(Colour.Bad, $"{report.Findings.Length} {(report.Findings.Length == 1 ? "thing is" : "things are")} wrong."));
    }
}
