using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using Support;
using Uploader.Shared.Keys;

namespace Ctl.Tests.Keys;

/// <summary><c>uploaderctl keys</c> on a real key file.</summary>
public sealed class KeyCommandTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 9, 12, 30, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Now);
    private readonly Operator _operator;

    public KeyCommandTests() => _operator = new Operator(time: _clock);

    private KeyFile Written => KeyFile.Parse(File.ReadAllText(_operator.KeyFile));

    public void Dispose() => _operator.Dispose();

    [Fact]
    public async Task A_new_key_stands_alone_on_standard_output_and_only_its_hash_in_the_file()
    {
        var answer = (await _operator.Runs("keys", "new", "alice", "--comment", "Alice's laptop")).Ends(0);
        var key = answer.Output.TrimEnd('\n');
        Assert.Matches("^fu_[A-Za-z0-9_-]{43}$", key);
        Assert.DoesNotContain(key, answer.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(key, File.ReadAllText(_operator.KeyFile), StringComparison.Ordinal);

        var line = Assert.Single(Written.Lines);
        Assert.True(line.Key!.HasHashOf(NamedKey.Of("", key)));
        Assert.Equal(("alice", "since 2026-03-09 Alice's laptop"), (line.Name, line.Comment));
    }

    [Fact]
    public async Task Two_new_keys_differ() =>
        Assert.NotEqual((await _operator.Runs("keys", "new", "alice")).Output, (await _operator.Runs("keys", "new", "bob")).Output);

    [Theory]
    [InlineData("expires=2027-01-31", "--expires", "2027-01-31")]
    [InlineData("expires=2026-06-07T12:30:00Z", "--expires", "90d")]
    [InlineData("max-size=10MiB types=png,pdf", "--types", "png, pdf", "--max-size", "10MiB")]
    [InlineData("bytes-per-day=1GiB from=192.0.2.0/24,2001:db8::/32", "--bytes-per-day", "1GiB", "--from", "192.0.2.0/24,2001:db8::/32")]
    public async Task Options_go_onto_the_line_as_it_has_them(string written, params string[] options)
    {
        (await _operator.Runs(["keys", "new", "alice", .. options])).Ends(0);
        Assert.Equal(written, Assert.Single(Written.Keys).Options.ToString());
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("env")]
    [InlineData("x", "--max-size", "10MB")]
    [InlineData("x", "--expires", "yesterday")]
    [InlineData("x", "--expires", "2026-03-08")]
    [InlineData("x", "--expires", "99999999d")]
    [InlineData("x", "--types", "php")]
    [InlineData("x", "--from", "example.org")]
    [InlineData("x", "--comment", "a\nb sha256:")]
    public async Task What_could_not_stand_in_the_file_is_misuse_and_changes_nothing(params string[] words)
    {
        var answer = (await _operator.Runs(["keys", "new", .. words])).Ends(64);
        Assert.Equal("", answer.Output);
        Assert.False(File.Exists(_operator.KeyFile));
    }

    [Fact]
    public async Task A_name_that_is_taken_stays_as_it_is()
    {
        (await _operator.Runs("keys", "new", "alice")).Ends(0);
        var before = File.ReadAllText(_operator.KeyFile);
        Assert.Contains("keys rotate alice", (await _operator.Runs("keys", "new", "alice")).Ends(1).Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(_operator.KeyFile));

        File.AppendAllText(_operator.KeyFile, "bob nonsense\n");
        Assert.Contains("line 2", (await _operator.Runs("keys", "new", "bob")).Ends(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_file_is_for_its_owner_and_the_folders_group_and_an_old_one_keeps_what_it_has()
    {
        Assert.SkipUnless(Environment.UserName == "root", "needs root: other accounts");
        await Child.Run("chgrp", "www-data", _operator.Folder);
        (await _operator.Runs("keys", "new", "alice")).Ends(0);
        Assert.Equal("640 root www-data", await Look());

        await Child.Run("chown", "nobody:daemon", _operator.KeyFile);
        await Child.Run("chmod", "0604", _operator.KeyFile);
        (await _operator.Runs("keys", "new", "bob")).Ends(0);
        Assert.Equal("604 nobody daemon", await Look());
        Assert.Empty(Directory.GetFiles(_operator.Folder, ".keys*"));
    }

    [Fact]
    public async Task Behind_a_link_the_file_is_changed_and_the_link_stays()
    {
        var real = Path.Join(Directory.CreateDirectory(Path.Join(_operator.Folder, "elsewhere")).FullName, "real");
        File.CreateSymbolicLink(_operator.KeyFile, real);
        (await _operator.Runs("keys", "new", "alice")).Ends(0);
        (await _operator.Runs("keys", "new", "bob")).Ends(0);
        Assert.Equal(real, new FileInfo(_operator.KeyFile).LinkTarget);
        Assert.Equal(2, KeyFile.Parse(File.ReadAllText(real)).Keys.Length);
    }

    [Fact]
    public async Task Many_at_once_each_get_their_line()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => _operator.Runs("keys", "new", $"client-{i}"))));
        Assert.All(answers, answer => answer.Ends(0));
        Assert.Equal(20, Written.Keys.Length);
        Assert.All(answers, answer => Assert.Contains(Written.Keys, key => key.HasHashOf(NamedKey.Of("", answer.Output.Trim()))));
    }

    [Fact]
    public async Task What_is_no_file_is_not_replaced()
    {
        Directory.CreateDirectory(_operator.KeyFile);
        Assert.Contains("not a regular file", (await _operator.Runs("keys", "new", "alice")).Ends(66).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_shows_state_and_options_and_never_a_hash()
    {
        File.WriteAllText(
            _operator.KeyFile,
            $"""
            # by hand
            {Line("alice", "max-size=10MiB from=192.0.2.0/24")} # since 2026-01-05 Alice's laptop
            {Line("bob", "expires=2026-03-11")}
            {Line("carol", "expires=2026-03-08")}
            {Line("dave", "max-sise=1")}
            fu_a-plain-key-by-mistake

            """);

        var answer = (await _operator.Runs("keys", "list")).Ends(0);
        var hash = Convert.ToHexStringLower(NamedKey.Of("", "key-of-alice").Sha256.AsSpan());
        Assert.Equal(
            $"""
            NAME   STATE                  SINCE       KEY       OPTIONS                           COMMENT
            alice  in force               2026-01-05  {hash[..8]}  max-size=10MiB from=192.0.2.0/24  Alice's laptop
            bob    expires in 2d 11h                  {Fingerprint("bob")}
            carol  expired 12h 30min ago              {Fingerprint("carol")}
            Line 5 (dave) is no key: max-sise= is none of the options expires=, max-size=, types=, bytes-per-day=, from=.
            Line 6 is no key: it is not 'name sha256:<64 hex digits>'.

            """,
            answer.Output);
        Assert.DoesNotContain(hash, (await _operator.Runs("keys", "list", "-o", "json")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("plain-key", answer.Output + answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_get_what_the_list_shows_as_values()
    {
        File.WriteAllText(_operator.KeyFile, $"{Line("alice", "max-size=1KiB types=png expires=2026-03-08")}\nnonsense\n");
        var lines = (await _operator.Runs("keys", "list", "-o", "json")).Json();
        Assert.Equal(2, lines.GetArrayLength());
        Assert.Equal(("expired", 1024), (lines[0].GetProperty("state").GetString(), lines[0].GetProperty("maxSize").GetInt64()));
        Assert.Equal("png", lines[0].GetProperty("types")[0].GetString());
        Assert.Equal(("rejected", 2), (lines[1].GetProperty("state").GetString(), lines[1].GetProperty("line").GetInt32()));
    }

    [Fact]
    public async Task Where_no_key_is_in_force_the_list_says_what_that_means()
    {
        Assert.Contains("every upload is refused", (await _operator.Runs("keys", "list")).Ends(0).Error, StringComparison.Ordinal);
        File.WriteAllText(_operator.KeyFile, Line("alice", "expires=2026-03-08"));
        Assert.Contains("every upload is refused", (await _operator.Runs("keys", "list")).Ends(0).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_name_is_gone_with_all_that_would_come_into_force_in_its_place()
    {
        File.WriteAllText(
            _operator.KeyFile,
            $"# head\n{Line("alice", "expires=2027-01-31")}\n{Line("bob")}\n{Line("alice", "", "successor")}\n{Line("alice", "", "third")}\n{Line("mallory", "", "successor")}\nalice nonsense\n  # tail");

        var answer = (await _operator.Runs("keys", "revoke", "alice", "--yes")).Ends(0);
        Assert.Equal($"# head\n{Line("bob")}\n  # tail", File.ReadAllText(_operator.KeyFile));
        Assert.Contains("Line 6 (mallory) held the same key", answer.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("n\n", 1, true)]
    [InlineData("\n", 1, true)]
    [InlineData("y\n", 0, false)]
    [InlineData(null, 64, true)]
    public async Task Revoking_asks_first_where_somebody_can_answer(string? typed, int status, bool stays)
    {
        using var asked = new Operator(time: _clock) { Types = typed };
        File.WriteAllText(asked.KeyFile, Line("alice"));
        (await asked.Runs("keys", "revoke", "alice")).Ends(status);
        Assert.Equal(stays, File.ReadAllText(asked.KeyFile) == Line("alice"));
    }

    [Theory]
    [InlineData("revoke", "--yes")]
    [InlineData("rotate")]
    public async Task Nobody_of_that_name_is_a_no(string command, params string[] words)
    {
        File.WriteAllText(_operator.KeyFile, Line("alice"));
        Assert.Contains("there is no key 'bob'", (await _operator.Runs(["keys", command, "bob", .. words])).Ends(1).Error, StringComparison.Ordinal);
        Assert.Equal(Line("alice"), File.ReadAllText(_operator.KeyFile));
    }

    [Fact]
    public async Task The_last_key_to_go_is_told()
    {
        File.WriteAllText(_operator.KeyFile, Line("alice"));
        Assert.Contains("every upload is refused", (await _operator.Runs("keys", "revoke", "alice", "--yes")).Ends(0).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("expires=2026-03-16T12:30:00Z")]
    [InlineData("expires=2026-03-31", "--keep-old-until", "2026-03-31")]
    [InlineData("expires=2026-03-09T14:30:00Z", "--keep-old-until", "2h")]
    public async Task A_key_and_its_successor_live_side_by_side_until_then(string oldEnds, params string[] words)
    {
        File.WriteAllText(_operator.KeyFile, $"{Line("alice", "max-size=1MiB")} # since 2026-01-05 Alice's laptop\n{Line("bob")}\n");
        var answer = (await _operator.Runs(["keys", "rotate", "alice", .. words])).Ends(0);

        var lines = Written.Lines;
        Assert.Equal(["alice", "alice", "bob"], lines.Select(line => line.Name));
        Assert.All(lines, line => Assert.NotNull(line.Key));
        Assert.Equal($"{oldEnds} max-size=1MiB", lines[0].Key!.Options.ToString());
        Assert.Equal("since 2026-01-05 Alice's laptop", lines[0].Comment);
        Assert.Equal("max-size=1MiB", lines[1].Key!.Options.ToString());
        Assert.Equal("since 2026-03-09 Alice's laptop", lines[1].Comment);
        Assert.True(lines[1].Key!.HasHashOf(NamedKey.Of("", answer.Output.Trim())));
    }

    [Fact]
    public async Task A_key_that_has_leaked_goes_at_once_and_whatever_would_let_it_in_again()
    {
        File.WriteAllText(_operator.KeyFile, $"{Line("alice")}\n{Line("mallory", "", "key-of-alice")}\n{Line("alice", "", "third")}\n");
        var answer = (await _operator.Runs("keys", "rotate", "alice", "--keep-old-until", "now")).Ends(0);
        Assert.True(Assert.Single(Written.Lines).Key!.HasHashOf(NamedKey.Of("", answer.Output.Trim())));
        Assert.Contains("The old key is gone.", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rotated_again_the_first_keeps_its_end_and_an_expired_one_is_tidied_away()
    {
        File.WriteAllText(_operator.KeyFile, Line("alice"));
        (await _operator.Runs("keys", "rotate", "alice")).Ends(0);
        _clock.Advance(TimeSpan.FromDays(3));
        (await _operator.Runs("keys", "rotate", "alice")).Ends(0);
        Assert.Equal(["expires=2026-03-16T12:30:00Z", "expires=2026-03-19T12:30:00Z", ""], Ends());
        _clock.Advance(TimeSpan.FromDays(5));
        (await _operator.Runs("keys", "rotate", "alice")).Ends(0);
        Assert.Equal(["expires=2026-03-19T12:30:00Z", "expires=2026-03-24T12:30:00Z", ""], Ends());

        string[] Ends() => [.. Written.Keys.Select(key => key.Options.ToString()).OrderBy(options => options.Length == 0 ? 1 : 0).ThenBy(options => options, StringComparer.Ordinal)];
    }

    [Fact]
    public async Task A_successor_ends_as_the_old_key_would_have_unless_it_is_said_otherwise()
    {
        File.WriteAllText(_operator.KeyFile, Line("alice", "expires=2026-12-31"));
        (await _operator.Runs("keys", "rotate", "alice")).Ends(0);
        Assert.Equal(["expires=2026-03-16T12:30:00Z", "expires=2026-12-31"], Written.Keys.Select(key => key.Options.ToString()));

        File.WriteAllText(_operator.KeyFile, Line("bob", "expires=2026-03-08"));
        Assert.Contains("--expires", (await _operator.Runs("keys", "rotate", "bob")).Ends(64).Error, StringComparison.Ordinal);
        (await _operator.Runs("keys", "rotate", "bob", "--expires", "never")).Ends(0);
        Assert.Equal("", Assert.Single(Written.Keys).Options.ToString());
    }

    [Fact]
    public async Task A_script_gets_the_new_key_as_JSON_too()
    {
        var made = (await _operator.Runs("keys", "new", "alice", "-o", "json")).Json();
        Assert.Matches(new Regex("^fu_"), made.GetProperty("key").GetString());
        Assert.Equal(1, made.GetProperty("line").GetInt32());
        var revoked = (await _operator.Runs("keys", "revoke", "alice", "--yes", "-o", "json")).Json();
        Assert.Equal(1, revoked.GetProperty("removed")[0].GetInt32());
    }

    private static string Line(string name, string options = "", string? key = null) =>
        $"{KeyFile.Line(NamedKey.Of(name, key ?? $"key-of-{name}"))} {options}".TrimEnd();

    private static string Fingerprint(string name) => Convert.ToHexStringLower(NamedKey.Of("", $"key-of-{name}").Sha256.AsSpan()[..4]);

    private async Task<string> Look() => (await Child.Run("stat", "-c", "%a %U %G", _operator.KeyFile)).Output.Trim();
}
