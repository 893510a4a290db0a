using System.Text.Json;
using Support;

namespace Ctl.Tests.Checking;

/// <summary><c>check</c>, on real files, with the real worker where the schedule is asked for.</summary>
public sealed class CheckTests : IDisposable
{
    private static readonly string Worker = Checkout.Of("src", "Worker", "bin", Checkout.Configuration, "net10.0", "Uploader.Worker");

    private readonly Operator _operator = new();

    public CheckTests() => Tidy(_operator);

    public void Dispose() => _operator.Dispose();

    [Fact]
    public async Task When_nothing_is_wrong_it_ends_with_0_and_says_what_was_not_checked()
    {
        var output = (await _operator.Runs("check")).Ends(0).Output;

        Assert.Contains("note: there is no key file ", output);
        Assert.Contains("note: cron expressions were not checked", output);
        Assert.EndsWith("Nothing is wrong.\n", output);
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once_and_ends_with_78()
    {
        using var wrong = new Operator("\"Limits\": { \"MaxFiles\": \"none\", \"Brust\": \"1\" }, \"Schedule\": { \"LedgerTrim\": \"61 0 3 * * ?\" }");
        Tidy(wrong);
        File.WriteAllText(wrong.KeyFile, "# keys\nalice sha256:1234\n");
        File.SetUnixFileMode(wrong.KeyFile, (UnixFileMode)0b110_100_000);
        File.SetUnixFileMode(wrong.State, (UnixFileMode)0b111_111_111);

        var answer = (await wrong.Runs("check", "-o", "json", "--worker", Worker)).Ends(78);

        var findings = JsonDocument.Parse(answer.Output).RootElement.GetProperty("findings").EnumerateArray()
            .Select(finding => $"{finding.GetProperty("subject").GetString()}: {finding.GetProperty("what").GetString()}").ToArray();
        Assert.Collection(
            findings,
            finding => Assert.StartsWith("configuration: Limits:MaxFiles is 'none': must be a whole number", finding),
            finding => Assert.StartsWith("configuration: Limits:Brust is '1': is not a key; did you mean Limits:Burst?", finding),
            finding => Assert.StartsWith("schedule: Schedule:LedgerTrim is '61 0 3 * * ?': not a Quartz cron expression", finding),
            finding => Assert.StartsWith($"keys: {wrong.KeyFile} line 2 is not a key and is left out: ", finding),
            finding => Assert.StartsWith($"paths: Ledger:Directory: {wrong.State} is 0777 ", finding));
        Assert.DoesNotContain("1234", answer.Output.Replace("61 0 3", "", StringComparison.Ordinal));
        Assert.EndsWith("5 things are wrong.\n", (await wrong.Runs("check", "--worker", Worker)).Ends(78).Output);
    }

    [Fact]
    public async Task Asked_the_worker_nothing_is_left_unchecked_but_the_keys()
    {
        var report = (await _operator.Runs("check", "--worker", Worker, "-o", "json")).Json();

        Assert.True(report.GetProperty("isGood").GetBoolean());
        Assert.StartsWith("there is no key file", Assert.Single(report.GetProperty("notes").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task A_directory_that_is_not_there_or_is_somebody_elses_is_told()
    {
        Directory.Delete(_operator.Uploads);
        Assert.Contains($"paths: Storage:Root: {_operator.Uploads} is not there\n", (await _operator.Runs("check")).Ends(78).Output);

        File.WriteAllText(_operator.Uploads, "");
        Assert.Contains($"{_operator.Uploads} is not a directory", (await _operator.Runs("check")).Ends(78).Output);

        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: a directory of another account");
        File.Delete(_operator.Uploads);
        Directory.CreateDirectory(_operator.Uploads);
        Assert.Equal(0, (await Child.Run("chown", "nobody", _operator.Uploads)).ExitCode);
        Assert.Matches("Storage:Root: .* nobody:.*: it must belong to ", (await _operator.Runs("check")).Ends(78).Output);
    }

    [Fact]
    public async Task A_configuration_that_is_no_JSON_leaves_keys_and_paths_unchecked()
    {
        File.WriteAllText(_operator.ConfigFile, "{ \"Limits\": ");

        var output = (await _operator.Runs("check")).Ends(78).Output;

        Assert.Contains("is not a JSON configuration", output);
        Assert.Contains("note: keys and paths were not checked", output);
    }

    [Fact]
    public async Task A_worker_that_is_not_there_is_a_mistake_of_the_command_line() =>
        Assert.Contains("/nowhere", (await _operator.Runs("check", "--worker", "/nowhere")).Ends(66).Error);

    /// <summary>As the package makes them.</summary>
    private static void Tidy(Operator at)
    {
        File.SetUnixFileMode(at.Uploads, (UnixFileMode)0b111_101_000);
        File.SetUnixFileMode(at.State, (UnixFileMode)0b111_101_000);
    }
}
