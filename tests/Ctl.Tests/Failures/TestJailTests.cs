using System.Text.Json;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;

namespace Ctl.Tests.Failures;

/// <summary><c>test-jail</c>: the court on trial.</summary>
public sealed class TestJailTests
{
    [Fact]
    public async Task It_prints_what_would_be_banned_when_and_by_which_lines_and_bans_nobody()
    {
        using var host = new Operator
        {
            Input = """
                # time address kind count
                2026-03-01T12:00:00Z 203.0.113.7 auth
                2026-03-01T12:00:01Z 203.0.113.8 auth 4

                2026-03-01T12:00:02Z 203.0.113.7 auth 3
                2026-03-01T12:00:03Z 203.0.113.7 auth
                2026-03-01T12:00:04Z 203.0.113.7 auth
                """,
        };

        var answer = (await host.Runs("test-jail", "-")).Ends(0);

        Assert.Contains("2026-03-01 12:00:03  203.0.113.7  auth  10min         5        0  2,5,6\n", answer.Output);
        Assert.Contains("5 lines, 0 bad; 10 failures, 0 of clients that are never banned; 1 bans, 5 failures led to none.", answer.Output);
        Assert.Empty(host.Ledger.Run(ledger => ledger.Bans.After(0, 10)));
    }

    [Fact]
    public async Task It_judges_as_the_worker_does_earlier_bans_and_recidive_too()
    {
        // Five times five failures, each a second after the ban before has ended.
        long[] starts = [0, 605, 1810, 4215, 9020];
        using var host = new Operator { Input = string.Concat(starts.Select(start => $"{DateTimeOffset.UnixEpoch.AddDays(20000).AddSeconds(start):O} 203.0.113.7 auth 5\n")) };

        var bans = (await host.Runs("test-jail", "-", "-o", "json")).Json().GetProperty("bans").EnumerateArray().ToList();

        Assert.Equal(
            ["auth 10 0", "auth 20 1", "auth 40 2", "auth 80 3", "auth 160 4", "recidive 10080 0"],
            bans.Select(ban => $"{ban.GetProperty("jail").GetString()} {(ban.GetProperty("until").GetDateTimeOffset() - ban.GetProperty("from").GetDateTimeOffset()).TotalMinutes:0} {ban.GetProperty("earlierBans").GetInt32()}"));

        var recidive = (await host.Runs("test-jail", "-", "--jail", "recidive", "-o", "json")).Json().GetProperty("bans");
        Assert.Equal(1, recidive.GetArrayLength());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_reads_what_failures_prints(bool asLines)
    {
        using var one = new Operator();
        one.Ledger.Run(ledger => ledger.Failures.Append([new(0, Cidr.Parse("2001:db8::/64"), FailureKind.Abuse, 1_700_000_000, 10, "bad-form", "/a\nb")]));
        var printed = (await one.Runs("failures", "-o", "json")).Output;
        using var other = new Operator { Input = asLines ? JsonDocument.Parse(printed).RootElement[0].GetRawText().ReplaceLineEndings(" ") : printed };

        var report = (await other.Runs("test-jail", "-", "-o", "json")).Json();

        Assert.Equal("2001:db8::/64", report.GetProperty("bans")[0].GetProperty("address").GetString());
    }

    [Fact]
    public async Task Bad_lines_are_told_by_number_and_the_exempt_are_counted()
    {
        using var host = new Operator
        {
            Input = """
                yesterday 203.0.113.7 auth
                2026-03-01T12:00:00Z 203.0.113 auth
                2026-03-01T12:00:00Z 203.0.113.7 login
                2026-03-01T12:00:00Z 203.0.113.7 auth many
                2026-03-01T12:00:00Z 203.0.113.7 auth 0
                2026-03-01T12:00:00Z
                {"at": "2026-03-01T12:00:00Z"}
                2026-03-01T12:00:00Z 127.0.0.1 auth 5
                """,
        };

        var answer = (await host.Runs("test-jail", "-")).Ends(1);

        for (var line = 1; line <= 7; line++)
            Assert.Contains($"uploaderctl: line {line}: ", answer.Error);
        Assert.Contains("8 lines, 7 bad; 5 failures, 5 of clients that are never banned; 0 bans, 5 failures led to none.", answer.Output);
    }

    [Fact]
    public async Task The_jails_are_those_of_the_configuration()
    {
        using var host = new Operator("\"Bans\": { \"Jails\": { \"auth\": { \"MaxRetry\": \"2\" } } }") { Input = "2026-03-01T12:00:00Z 203.0.113.7 auth 2\n" };

        (await host.Runs("test-jail", "-")).Ends(0);
        (await host.Runs("test-jail", "-", "--jail", "abuse")).Ends(1);
        (await host.Runs("test-jail", "-", "--jail", "nonsense")).Ends(64);
        (await host.Runs("test-jail", "/nowhere")).Ends(66);
    }
}
