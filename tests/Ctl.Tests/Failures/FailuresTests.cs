using Microsoft.Extensions.Time.Testing;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;
using Uploader.Shared.Ledger;

namespace Ctl.Tests.Failures;

/// <summary><c>failures</c>.</summary>
public sealed class FailuresTests : IDisposable
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-03-01T12:00:00Z");

    private readonly FakeTimeProvider _time = new(Noon);
    private readonly Operator _operator;

    public FailuresTests() => _operator = new Operator(time: _time);

    public void Dispose() => _operator.Dispose();

    [Fact]
    public async Task The_newest_come_first_and_fifty_of_them()
    {
        Append(Enumerable.Range(0, 5000).Select(i => Row("203.0.113.7", i - 5000)));

        var failures = (await _operator.Runs("failures", "-o", "json")).Json().EnumerateArray().ToList();

        Assert.Equal(50, failures.Count);
        Assert.Equal(Enumerable.Range(1, 50).Select(ago => Noon.AddSeconds(-ago)), failures.Select(failure => failure.GetProperty("at").GetDateTimeOffset()));
    }

    [Theory]
    [InlineData(new string[0], "d c b a")]
    [InlineData(new[] { "-n", "2" }, "d c")]
    [InlineData(new[] { "--kind", "abuse" }, "c")]
    [InlineData(new[] { "--address", "203.0.113.7" }, "c a")]
    [InlineData(new[] { "--address", "203.0.113.0/24" }, "c b a")]
    [InlineData(new[] { "--address", "2001:db8::5" }, "d")]
    [InlineData(new[] { "--since", "2h" }, "d c b")]
    [InlineData(new[] { "--since", "2h", "--address", "203.0.113.7" }, "c")]
    public async Task They_are_chosen_by_client_kind_and_age(string[] options, string codes)
    {
        Append(
        [
            Row("203.0.113.7", -7201) with { Code = "a" },
            Row("203.0.113.8", -7200) with { Code = "b" },
            Row("203.0.113.7", -60) with { Code = "c", Kind = FailureKind.Abuse },
            Row("2001:db8::/64", 0) with { Code = "d" },
        ]);

        var failures = (await _operator.Runs(["failures", .. options, "-o", "json"])).Json().EnumerateArray();

        Assert.Equal(codes, string.Join(' ', failures.Select(failure => failure.GetProperty("code").GetString())));
    }

    [Theory]
    [InlineData("--kind", "ban")]
    [InlineData("--since", "1")]
    [InlineData("-n", "0")]
    [InlineData("--address", "nowhere")]
    public async Task What_cannot_be_meant_is_refused(params string[] options) => (await _operator.Runs(["failures", .. options])).Ends(64);

    [Fact]
    public async Task A_path_cannot_forge_a_line_nor_widen_the_table()
    {
        using var narrow = new Operator(time: _time) { Width = 80 };
        narrow.Ledger.Run(ledger => ledger.Failures.Append([Row("2001:db8:1234:5678::/64", 0) with { Code = "content-mismatch", Path = "/a\n2026-03-01 12:00:00  203.0.113.9\e[2J" + new string('x', 150) }]));

        var lines = (await narrow.Runs("failures")).Ends(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 80));
        Assert.DoesNotContain('\e', lines[1]);
    }

    private void Append(IEnumerable<FailureRow> rows) => _operator.Ledger.Run(ledger => ledger.Failures.Append(rows));

    private static FailureRow Row(string client, int second) =>
        new(0, Cidr.Parse(client), FailureKind.Auth, Noon.ToUnixTimeSeconds() + second, 1, "bad-key", "/upload");
}
