using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using Uploader.Shared.Keys;
using Uploader.Web.Authentication;

namespace Web.Tests.Authentication;

public sealed class KeyWatchTests : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("uploader-keys-").FullName;
    private readonly RecordedEvents<KeyWatch> _events = new();
    private readonly List<KeyWatch> _watches = [];

    private string KeyPath => Path.Combine(_directory, "keys");

    [Fact]
    public async Task The_keys_are_there_when_the_start_has_returned()
    {
        Write(Line("alice"), Line("bob"));
        var watch = await Started();
        Assert.True(Opens(watch, "alice"));
        Assert.True(Opens(watch, "bob"));
        Assert.Equal(["KeyFileReloaded"], _events.Names);
    }

    [Fact]
    public void Before_the_start_nobody_gets_in()
    {
        Write(Line("alice"));
        Assert.False(Opens(New(TimeProvider.System), "alice"));
    }

    [Fact]
    public async Task A_line_that_is_added_or_removed_is_in_force_soon_after()
    {
        Write(Line("alice"));
        var watch = await Started();

        Write(Line("alice"), Line("bob"));
        await Until(() => Opens(watch, "bob"));
        Assert.True(Opens(watch, "alice"));

        Write(Line("bob"));
        await Until(() => !Opens(watch, "alice"));
        Assert.True(Opens(watch, "bob"));
        Assert.Equal(["KeyFileReloaded", "KeyFileReloaded", "KeyFileReloaded"], _events.Names);
    }

    [Fact]
    public async Task A_file_that_an_editor_renames_over_the_old_one_is_seen()
    {
        Write(Line("alice"));
        var watch = await Started();
        for (var round = 0; round < 3; round++)
        {
            var name = $"bob{round}";
            File.WriteAllText(Path.Combine(_directory, ".keys.swp"), Line(name));
            File.Replace(Path.Combine(_directory, ".keys.swp"), KeyPath, destinationBackupFileName: null);
            await Until(() => Opens(watch, name));
        }

        Assert.False(Opens(watch, "alice"));
    }

    [Fact]
    public async Task A_link_that_comes_to_point_elsewhere_is_seen()
    {
        var (first, second) = (Path.Combine(_directory, "first"), Path.Combine(_directory, "second"));
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(first).FullName, "k"), Line("alice"));
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(second).FullName, "k"), Line("bob"));
        Directory.CreateSymbolicLink(Path.Combine(_directory, "current"), first);
        File.CreateSymbolicLink(KeyPath, "current/k");
        var watch = await Started();
        Assert.True(Opens(watch, "alice"));

        Directory.Delete(Path.Combine(_directory, "current"));
        Directory.CreateSymbolicLink(Path.Combine(_directory, "current"), second);

        await Until(() => Opens(watch, "bob"));
        Assert.False(Opens(watch, "alice"));
    }

    [Fact]
    public async Task A_bad_line_is_reported_by_number_and_without_what_it_holds()
    {
        Write(Line("alice"), "fu_this-is-a-plain-key", Line("bob"));
        var watch = await Started();

        Assert.True(Opens(watch, "alice"));
        Assert.True(Opens(watch, "bob"));
        Assert.Equal(["KeyFileLineRejected", "KeyFileReloaded"], _events.Names);
        Assert.Contains("line 2 ", _events.All);
        Assert.DoesNotContain("plain-key", _events.All);
    }

    [Fact]
    public async Task A_key_whose_line_was_damaged_is_out_although_the_rest_of_the_file_is_bad_too()
    {
        Write(Line("alice"));
        var watch = await Started();
        _events.Clear();

        Write("garbage", "#" + Line("alice"));

        await Until(() => !Opens(watch, "alice"));
        await Until(() => _events.Names.Length == 3);
        Assert.Equal(["KeyFileLineRejected", "KeyFileReloaded", "NoKeys"], _events.Names);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_leaves_the_keys_in_force_and_is_said_once()
    {
        Write(Line("alice"));
        var watch = await Started();
        _events.Clear();

        File.Delete(KeyPath);
        await Until(() => _events.Names.Length > 0);
        Assert.True(Opens(watch, "alice"));

        // As root nothing is unreadable, except what is no file.
        Directory.CreateDirectory(KeyPath);
        await Until(() => _events.Names.Length > 1);
        Assert.True(Opens(watch, "alice"));

        Directory.Delete(KeyPath);
        Write(Line("bob"));
        await Until(() => Opens(watch, "bob"));
        Assert.False(Opens(watch, "alice"));
        Assert.Equal(["KeyFileUnreadable", "KeyFileUnreadable"], _events.Names[..2]);
        Assert.Equal("KeyFileReloaded", _events.Names[^1]);
        Assert.Contains("the 1 keys read before stay in force", _events.All);
    }

    [Fact]
    public async Task A_file_too_large_to_be_a_key_file_is_not_read()
    {
        Write(Line("alice"), new string('#', 1024 * 1024));
        var watch = await Started();
        Assert.False(Opens(watch, "alice"));
        Assert.Equal(["KeyFileUnreadable", "NoKeys"], _events.Names);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t")]
    public async Task Without_file_and_environment_nobody_gets_in_and_the_journal_says_so(string? environmentKey)
    {
        var watch = await Started(environmentKey);
        Assert.Equal(0, watch.KeysInForce);
        Assert.False(watch.Ring.TryFind(environmentKey, out _));
        Assert.Equal(["KeyFileUnreadable", "NoKeys"], _events.Names);
    }

    [Theory]
    [InlineData("from-the-environment")]
    [InlineData(" from-the-environment\n")]
    public async Task The_key_from_the_environment_is_named_env_and_stays_whatever_the_file_says(string environmentKey)
    {
        var watch = await Started(environmentKey);
        Assert.True(watch.Ring.TryFind("from-the-environment", out var found));
        Assert.Equal("env", found.Name);

        Write(Line("alice"));
        await Until(() => Opens(watch, "alice"));
        Assert.True(watch.Ring.TryFind("from-the-environment", out _));
        Assert.DoesNotContain("NoKeys", _events.Names);
        Assert.DoesNotContain("from-the-environment", _events.All);
    }

    [Fact]
    public async Task A_key_from_the_environment_that_no_header_can_carry_is_reported()
    {
        var watch = await Started(new string('x', 513));
        Assert.Equal(0, watch.KeysInForce);
        Assert.Contains("KeyFileLineRejected", _events.Names);
        Assert.DoesNotContain("xxx", _events.All);
    }

    [Fact]
    public async Task A_directory_that_appears_later_is_found_by_looking_every_second()
    {
        var clock = new FakeTimeProvider();
        var path = Path.Combine(_directory, "later", "keys");
        var watch = new KeyWatch(path, environmentKey: null, clock, _events);
        _watches.Add(watch);
        await watch.StartAsync(TestContext.Current.CancellationToken);

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, Line("alice"));

        await Until(() =>
        {
            clock.Advance(KeyWatch.Interval / 10);
            return Opens(watch, "alice");
        });
    }

    [Fact]
    public async Task A_file_caught_while_it_is_written_locks_nobody_out()
    {
        var clock = new SettleClock();
        Write(Line("alice"), Line("bob"));
        var watch = New(clock);
        await watch.StartAsync(TestContext.Current.CancellationToken);

        // An editor empties the file, is seen doing so, and then writes it anew. Time stands still meanwhile: the settle time cannot pass.
        File.WriteAllText(KeyPath, "");
        await Until(() => clock.HasBegunToSettle);
        Assert.True(Opens(watch, "alice"));
        Write(Line("alice"), Line("carol"));

        await Until(() =>
        {
            clock.Advance(KeyWatch.SettleTime / 2);
            Assert.True(Opens(watch, "alice"));
            return Opens(watch, "carol");
        });
        Assert.Equal(["KeyFileReloaded", "KeyFileReloaded"], _events.Names);
    }

    [Fact]
    public async Task An_unchanged_file_is_not_reported_again()
    {
        Write(Line("alice"));
        var watch = await Started();
        File.SetLastWriteTimeUtc(KeyPath, DateTime.UnixEpoch);
        Write(Line("alice"));
        Write(Line("alice"), Line("bob"));
        await Until(() => Opens(watch, "bob"));
        Assert.Equal(["KeyFileReloaded", "KeyFileReloaded"], _events.Names);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var watch in _watches)
        {
            await watch.StopAsync(CancellationToken.None);
            watch.Dispose();
        }

        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>A clock that knows whether somebody waits for the file to settle.</summary>
    private sealed class SettleClock : FakeTimeProvider
    {
        private volatile bool _hasBegun;

        public bool HasBegunToSettle => _hasBegun;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _hasBegun |= dueTime == KeyWatch.SettleTime;
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }

    private static string Line(string name) => KeyFile.Line(NamedKey.Of(name, $"key-of-{name}"));

    private static bool Opens(KeyWatch watch, string name) => watch.Ring.TryFind($"key-of-{name}", out var found) && found.Name == name;

    private static async Task Until(Func<bool> condition)
    {
        var waiting = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(waiting.Elapsed < TimeSpan.FromSeconds(10), "Did not happen within 10 s.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    private void Write(params string[] lines) => File.WriteAllText(KeyPath, string.Join('\n', lines));

    private KeyWatch New(TimeProvider clock, string? environmentKey = null)
    {
        var watch = new KeyWatch(KeyPath, environmentKey, clock, _events);
        _watches.Add(watch);
        return watch;
    }

    private async Task<KeyWatch> Started(string? environmentKey = null)
    {
        var watch = New(TimeProvider.System, environmentKey);
        await watch.StartAsync(TestContext.Current.CancellationToken);
        return watch;
    }
}
