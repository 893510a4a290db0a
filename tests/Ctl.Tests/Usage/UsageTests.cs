using System.Text.Json;
using Ctl.Tests.Uploads;
using Support;
using Uploader.Shared.Storage;

namespace Ctl.Tests.Usage;

/// <summary><c>usage</c>, on real files with real extended attributes.</summary>
public sealed class UsageTests : IDisposable
{
    private readonly Operator _operator = new();

    public UsageTests()
    {
        _operator.Stores(new string('a', 5000), on: Day(8));
        _operator.Stores(new string('b', 3000), "b.pdf", "application/pdf", "bob", on: Day(9));
        _operator.Stores(new string('c', 1000), key: "bob", on: Day(9));
        _operator.Plants("2026/03/09/planted.png", new string('d', 100));
        _operator.Plants("planted.txt", new string('e', 10));
    }

    public void Dispose() => _operator.Dispose();

    [Fact]
    public async Task Files_and_bytes_are_summed_by_day_by_type_and_by_key() =>
        Assert.Equal(
            """
            DAY         FILES     SIZE
            2026-03-08      1  4.9 KiB
            2026-03-09      3    4 KiB
            elsewhere       1     10 B

            TYPE             FILES     SIZE
            image/png            2  5.9 KiB
            application/pdf      1  2.9 KiB
            unknown              2    110 B

            KEY           FILES     SIZE
            alice             1  4.9 KiB
            bob               2  3.9 KiB
            unattributed      2    110 B

            5 files, 8.9 KiB in all.

            """,
            (await _operator.Runs("usage")).Ends(0).Output);

    [Fact]
    public async Task The_total_is_the_disk_watchs_hard_links_and_sparse_files_too()
    {
        var stored = Directory.EnumerateFiles(Path.Join(_operator.Uploads, "2026/03/08")).Single();
        Assert.Equal(0, (await Child.Run("ln", stored, Path.Join(_operator.Uploads, "2026/03/09/again.png"))).ExitCode);
        Assert.Equal(0, (await Child.Run("truncate", "-s", "1T", Path.Join(_operator.Uploads, "2026/03/09/sparse.png"))).ExitCode);
        var measured = TreeWalk.Measure(_operator.Uploads, TestContext.Current.CancellationToken);

        var usage = (await _operator.Runs("usage", "-o", "json")).Json();

        Assert.Equal((measured.Files, measured.UsedBytes), (usage.GetProperty("files").GetInt64(), usage.GetProperty("bytes").GetInt64()));
        foreach (var table in new[] { "days", "types", "keys" })
            Assert.Equal(measured.UsedBytes, usage.GetProperty(table).EnumerateArray().Sum(line => line.GetProperty("bytes").GetInt64()));
        Assert.Equal(3, usage.GetProperty("unattributed").GetProperty("files").GetInt32());
    }

    [Fact]
    public async Task One_table_can_be_asked_for_and_only_some_days()
    {
        var usage = (await _operator.Runs("usage", "--by", "day", "--since", "2026-03-09", "-o", "json")).Json();

        Assert.Equal(JsonValueKind.Null, usage.GetProperty("types").ValueKind);
        Assert.Equal(["2026-03-09", null], usage.GetProperty("days").EnumerateArray().Select(line => line.GetProperty("name").GetString()));
        Assert.Equal(4110, usage.GetProperty("bytes").GetInt64());
    }

    private static DateTimeOffset Day(int day) => new(2026, 3, day, 12, 0, 0, TimeSpan.Zero);
}
