using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Support;

namespace Ctl.Tests.Uploads;

/// <summary><c>uploads list</c> and <c>uploads show</c>, on real files with real extended attributes.</summary>
public sealed class UploadsTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 9, 12, 0, 0, TimeSpan.Zero);

    private readonly Operator _operator = new(time: new FakeTimeProvider(Now));

    public void Dispose() => _operator.Dispose();

    [Fact]
    public async Task What_was_stored_is_listed_newest_first_with_all_that_its_attributes_say()
    {
        var old = _operator.Stores("old", on: Now.AddDays(-3));
        var young = _operator.Stores("young!", "holiday.jpg", "image/jpeg", "bob", "2001:db8::7", Now.AddMinutes(-90));

        var lines = (await _operator.Runs("uploads", "list", "-o", "json")).Json();

        Assert.Equal([young.Id, old.Id], lines.EnumerateArray().Select(line => line.GetProperty("id").GetString()));
        var first = lines[0];
        Assert.Equal(
            (young.Path, 6, "holiday.jpg", "image/jpeg", "bob", "2001:db8::7", Now.AddMinutes(-90)),
            (first.GetProperty("path").GetString()!, first.GetProperty("bytes").GetInt32(), first.GetProperty("name").GetString()!, first.GetProperty("type").GetString()!,
                first.GetProperty("key").GetString()!, first.GetProperty("from").GetString()!, first.GetProperty("at").GetDateTimeOffset()));
        var table = (await _operator.Runs("uploads", "list")).Ends(0).Output.Split('\n');
        Assert.Matches(@"^ +AGE +SIZE +KEY +FROM +NAME +ID$", table[0]);
        Assert.Matches($@"^1h 30min +6 B  bob +2001:db8::7  holiday.jpg  {young.Id}$", table[1]);
        Assert.Matches($@"^ +3d +3 B  alice  203.0.113.7  a.png +{old.Id}$", table[2]);
    }

    [Theory]
    [InlineData("--since 2d", "c d")]
    [InlineData("--since 2026-03-09", "d")]
    [InlineData("--since 2026-03-06", "b c d")]
    [InlineData("--key bob", "b")]
    [InlineData("--type png", "a c")]
    [InlineData("--type image/jpeg", "b")]
    [InlineData("--type image/*", "a b c")]
    [InlineData("--from 203.0.113.7", "a")]
    [InlineData("--from 203.0.113.0/24", "a b")]
    [InlineData("--from 2001:db8::/32", "c")]
    [InlineData("-n 2", "c d")]
    [InlineData("-n 0", "a b c d")]
    [InlineData("--since 4d --type png", "c")]
    [InlineData("--key nobody", "")]
    public async Task Options_say_which_are_meant(string options, string listed)
    {
        _operator.Stores("a", "a.png", on: Now.AddDays(-40));
        _operator.Stores("b", "b.jpg", "image/jpeg", "bob", "203.0.113.8", Now.AddDays(-3));
        _operator.Stores("c", "c.png", from: "2001:db8::7", on: Now.AddDays(-1));
        _operator.Stores("d", "d.pdf", "application/pdf", from: "198.51.100.1", on: Now.AddHours(-1));

        var answer = await _operator.Runs(["uploads", "list", .. options.Split(' '), "-o", "json"]);

        var names = JsonDocument.Parse(answer.Output).RootElement.EnumerateArray().Select(line => line.GetProperty("name").GetString()![..1]);
        Assert.Equal((listed, listed.Length == 0 ? 1 : 0), (string.Join(' ', names.Order()), answer.Status));
    }

    [Theory]
    [InlineData("--since", "yesterday")]
    [InlineData("--from", "localhost")]
    [InlineData("-n", "-1")]
    public async Task An_option_that_makes_no_sense_is_told(string option, string value) =>
        Assert.Contains(value, (await _operator.Runs("uploads", "list", option, value)).Ends(64).Error);

    [Fact]
    public async Task More_than_are_shown_is_said()
    {
        for (var i = 0; i < 21; i++)
            _operator.Stores($"{i}", on: Now.AddMinutes(-i));

        var lines = (await _operator.Runs("uploads", "list")).Ends(0).Output.TrimEnd().Split('\n');

        Assert.Equal((22, "20 of 21; -n 0 shows all."), (lines.Length, lines[^1]));
    }

    [Fact]
    public async Task A_table_fits_a_terminal_and_a_name_cannot_drive_it()
    {
        using var narrow = new Operator(time: new FakeTimeProvider(Now)) { Width = 80 };
        narrow.Stores("x", new string('n', 100) + ".png", from: "2001:db8:1234:5678:9abc:def0:1234:5678", on: Now.AddHours(-30));
        narrow.Plants("2026/03/09/evil\e[2J\n\u202egnp.exe");

        var lines = (await narrow.Runs("uploads", "list")).Ends(0).Output.TrimEnd().Split('\n');

        Assert.Equal(3, lines.Length);
        Assert.DoesNotContain('\e', string.Concat(lines));
        Assert.DoesNotContain('\u202e', string.Concat(lines));
        Assert.Contains("evil\\x1b[2J\\x0a\\u202egnp.exe", lines[1]);
    }

    [Fact]
    public async Task A_file_of_somebody_else_is_listed_without_what_it_does_not_say()
    {
        File.SetLastWriteTimeUtc(_operator.Plants("2026/03/09/stray.txt"), Now.AddMinutes(-5).UtcDateTime);

        var line = (await _operator.Runs("uploads", "list", "-o", "json")).Json()[0];

        Assert.Equal(JsonValueKind.Null, line.GetProperty("id").ValueKind);
        Assert.Equal(JsonValueKind.Null, line.GetProperty("at").ValueKind);
        Assert.Equal(Now.AddMinutes(-5), line.GetProperty("modified").GetDateTimeOffset());
        Assert.Matches(@"5min +7 B  -    -     -     2026/03/09/stray.txt\n", (await _operator.Runs("uploads", "list")).Output);
    }

    [Fact]
    public async Task An_upload_is_shown_by_its_id_its_path_or_its_whole_path()
    {
        _operator.Stores("another");
        var stored = _operator.Stores("content", "holiday.png", on: Now.AddDays(-1));

        foreach (var name in new[] { stored.Id, stored.Path, Path.Join(_operator.Uploads, stored.Path) })
        {
            var output = (await _operator.Runs("uploads", "show", name)).Ends(0).Output;
            Assert.Contains("    Name: holiday.png\n", output);
            Assert.Contains($"    Path: {_operator.Uploads}/{stored.Path}\n", output);
            Assert.Contains(" SHA-256: ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73\n", output);
            Assert.Contains("  Stored: 2026-03-08 12:00:00 UTC; 1d ago\n", output);
            Assert.Contains("    Mode: 0640 ", output);
        }

        Assert.Equal("alice", (await _operator.Runs("uploads", "show", stored.Id, "-o", "json")).Json()[0].GetProperty("key").GetString());
    }

    [Fact]
    public async Task What_was_stored_without_its_metadata_is_shown_with_the_digest_of_what_was_sent()
    {
        var sent = new string('5', 64);
        var whole = _operator.Stores("whole");
        var stripped = _operator.Stores("stripped", sentSha256: sent);

        Assert.Contains($" As sent: {sent} (SHA-256, with the metadata that was not stored)\n", (await _operator.Runs("uploads", "show", stripped.Id)).Ends(0).Output);
        Assert.DoesNotContain("As sent", (await _operator.Runs("uploads", "show", whole.Id)).Ends(0).Output);
        var lines = (await _operator.Runs("uploads", "show", stripped.Id, whole.Id, "-o", "json")).Json().EnumerateArray();
        Assert.Equal([sent, null], lines.OrderBy(line => line.GetProperty("id").GetString() == whole.Id).Select(line => line.GetProperty("sentSha256").GetString()));
    }

    [Fact]
    public async Task What_is_not_there_is_told_and_ends_with_1()
    {
        var stored = _operator.Stores("content");
        var missing = new string('0', 26);

        var answer = (await _operator.Runs("uploads", "show", stored.Id, missing)).Ends(1);

        Assert.Contains(stored.Id, answer.Output);
        Assert.Equal($"uploaderctl: there is no upload {missing}\n", answer.Error);
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("2026/../../state")]
    [InlineData("2026//09")]
    [InlineData("./a.png")]
    public async Task A_path_that_leads_out_of_the_store_is_no_upload(string path) => (await _operator.Runs("uploads", "show", path)).Ends(64);

    [Fact]
    public async Task No_link_is_followed_and_no_FIFO_waited_for()
    {
        _operator.Stores("content", on: Now);
        Directory.CreateSymbolicLink(Path.Join(_operator.Uploads, "2025"), "/etc");
        File.CreateSymbolicLink(Path.Join(_operator.Uploads, "2026/03/09/passwd"), "/etc/passwd");
        Assert.Equal(0, (await Child.Run("mkfifo", Path.Join(_operator.Uploads, "2026/03/09/fifo.png"))).ExitCode);

        Assert.Equal(1, (await _operator.Runs("uploads", "list", "-o", "json")).Json().GetArrayLength());
        (await _operator.Runs("uploads", "show", "2026/03/09/passwd")).Ends(1);
        (await _operator.Runs("uploads", "show", "2025/passwd")).Ends(1);
        (await _operator.Runs("uploads", "show", "2026/03/09/fifo.png")).Ends(1);
    }

    [Fact]
    public async Task An_empty_store_has_no_uploads()
    {
        Assert.Equal("No uploads.\n", (await _operator.Runs("uploads", "list")).Ends(1).Output);
        Assert.Equal("[]", (await _operator.Runs("uploads", "list", "-o", "json")).Ends(1).Output.Trim());
    }
}
