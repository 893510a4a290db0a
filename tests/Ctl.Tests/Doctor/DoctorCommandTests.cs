using System.Text.RegularExpressions;
using Uploader.Ctl.Doctor;

namespace Ctl.Tests.Doctor;

/// <summary>The command around the checks.</summary>
public sealed class DoctorCommandTests : IDisposable
{
    private readonly Operator _operator = new($"\"Disk\": {{ \"MinFree\": \"1MiB\" }}");

    public void Dispose() => _operator.Dispose();

    [Fact]
    public void Every_check_has_an_id_of_its_own_and_says_what_it_looks_at()
    {
        Assert.Equal(Checklist.All.Count(), Checklist.All.Select(check => check.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.All(Checklist.All, check => Assert.Matches(new Regex("^[a-z]+(-[a-z]+)*$"), check.Id));
        Assert.All(Checklist.All, check => Assert.False(string.IsNullOrWhiteSpace(check.Looked) || check.Title.EndsWith('.')));
    }

    [Fact]
    public async Task JSON_has_a_line_for_every_check_in_their_order()
    {
        var answer = await _operator.Runs("doctor", "--no-send", "-o", "json");
        using var lines = System.Text.Json.JsonDocument.Parse(answer.Output);
        Assert.Equal(Checklist.All.Select(check => check.Id), lines.RootElement.EnumerateArray().Select(line => line.GetProperty("id").GetString()));
        Assert.All(lines.RootElement.EnumerateArray(), line => Assert.Contains(line.GetProperty("verdict").GetString(), (string[])["pass", "warn", "fail"]));
    }

    [Fact]
    public async Task What_is_left_out_is_told_and_not_passed()
    {
        var answer = await _operator.Runs("doctor", "--no-send", "-o", "json");
        using var lines = System.Text.Json.JsonDocument.Parse(answer.Output);
        var asking = Checklist.All.Where(check => check.Asks).Select(check => check.Id).ToList();
        Assert.All(
            lines.RootElement.EnumerateArray().Where(line => asking.Contains(line.GetProperty("id").GetString()!)),
            line => Assert.Equal("warn", line.GetProperty("verdict").GetString()));
    }

    [Fact]
    public async Task On_a_host_without_the_service_it_fails_and_sums_up()
    {
        var answer = (await _operator.Runs("doctor", "--no-send")).Ends(1);
        Assert.Matches(@"\n\d+ pass, \d+ warn, [1-9]\d* fail\n$", answer.Output);
        Assert.Contains("mend: systemctl restart fileuploader-worker.service", answer.Output);
    }

    [Fact]
    public async Task A_wrong_configuration_is_a_line_that_fails_and_stops_no_other()
    {
        using var other = new Operator("\"Limits\": { \"MaxFiles\": \"none\" }");
        var answer = (await other.Runs("doctor", "--no-send", "-o", "json")).Ends(1);
        using var lines = System.Text.Json.JsonDocument.Parse(answer.Output);
        var findings = lines.RootElement.EnumerateArray().ToDictionary(line => line.GetProperty("id").GetString()!, line => line.GetProperty("finding").GetString()!, StringComparer.Ordinal);
        Assert.Contains("Limits:MaxFiles", findings["configuration"]);
        Assert.Equal(Checklist.All.Count(), findings.Count);
    }

    [Theory]
    [InlineData("ftp://x")]
    [InlineData("uploads.example.org")]
    public async Task A_front_that_is_no_web_address_is_misuse(string front) => (await _operator.Runs("doctor", "--front", front)).Ends(64);
}
