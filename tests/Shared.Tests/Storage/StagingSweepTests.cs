using Uploader.Shared.Storage;

namespace Shared.Tests.Storage;

public sealed class StagingSweepTests : IDisposable
{
    private readonly Uploads _uploads = new();
    private readonly DateTimeOffset _later = DateTimeOffset.UnixEpoch;

    public StagingSweepTests() => _later = TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1);

    public void Dispose() => _uploads.Dispose();

    private StagingSwept Sweep(DateTimeOffset now) => StagingSweep.Sweep(_uploads.Root, now);

    /// <summary>As a killed process leaves it.</summary>
    private string Abandon(string name = "abandoned", int bytes = 5000)
    {
        var path = _uploads.Plant($".incoming/{name}", "0600", new string('x', bytes));
        Machine.Chmod(_uploads.Staging, "0700");
        return path;
    }

    [Fact]
    public void Before_the_first_upload_there_is_nothing_to_sweep() => Assert.Equal(0, Sweep(_later).Files);

    [Fact]
    public void What_a_killed_process_left_is_removed()
    {
        Abandon("a");
        Abandon("b");
        var swept = Sweep(_later);

        Assert.Equal((2, 10_000), (swept.Files, swept.Bytes));
        Assert.Empty(_uploads.StagedNames());
    }

    [Fact]
    public void A_live_upload_stays_however_old_it_is()
    {
        using var staged = _uploads.Store().Stage();
        staged.Append("slow"u8);

        Assert.Equal(0, Sweep(_later).Files);
        Assert.Equal("slow", File.ReadAllText(_uploads[staged.Commit("png", Uploads.Described, Uploads.Now).Path]));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(59, 1)]
    [InlineData(61, 0)]
    [InlineData(-59, 1)]
    [InlineData(-61, 0)] // The clock was set back.
    public void What_is_younger_than_a_minute_stays(int age, int left)
    {
        var now = new DateTimeOffset(2026, 3, 9, 12, 0, 0, TimeSpan.Zero);
        File.SetLastWriteTimeUtc(Abandon(), now.UtcDateTime.AddSeconds(-age));
        Sweep(now);

        Assert.Equal(left, _uploads.StagedNames().Length);
    }

    [Fact]
    public void What_was_planted_is_removed_as_itself()
    {
        Machine.MustBeRoot();
        Abandon();
        File.CreateSymbolicLink(Path.Combine(_uploads.Staging, "link"), _uploads.Secret);
        File.CreateSymbolicLink(Path.Combine(_uploads.Staging, "dangling"), "/nowhere");
        Machine.Mkfifo(Path.Combine(_uploads.Staging, "fifo"));
        Machine.MakeSocket(Path.Combine(_uploads.Staging, "socket"));
        Machine.MknodNull(Path.Combine(_uploads.Staging, "null"));
        Machine.Link(_uploads.Secret, Path.Combine(_uploads.Staging, "hard"));

        Assert.Equal((7, 5000), (Sweep(_later) is var swept ? swept.Files : 0, swept.Bytes));
        Assert.Empty(_uploads.StagedNames());
        Assert.Equal("secret", File.ReadAllText(_uploads.Secret));
    }

    [Fact]
    public void A_file_of_another_account_goes_even_when_that_one_holds_a_lock_on_it()
    {
        Machine.MustBeRoot();
        var path = Abandon();
        Machine.Chown(path, Machine.Nobody, Machine.Nobody);
        using var held = Posix.Open(path, OpenFlags.ReadOnly);
        Assert.True(Posix.TryLock(held));

        Assert.Equal(1, Sweep(_later).Files);
    }

    [Fact]
    public void Folders_and_mount_points_are_reported_and_left()
    {
        Machine.MustBeRoot();
        var target = Abandon("mounted");
        Directory.CreateDirectory(Path.Combine(_uploads.Staging, "folder\n"));
        _uploads.Bind(_uploads.Secret, Path.GetRelativePath(_uploads.Root, target));

        Assert.Equal(["folder\\x0a", "mounted"], Sweep(_later).Foreign.Order(StringComparer.Ordinal));
        Assert.Equal(2, _uploads.StagedNames().Length);
    }

    [Fact]
    public void Sweeping_leaves_no_handle()
    {
        Abandon();
        Sweep(_later);

        Assert.Equal(0, Machine.HandlesBelow(_uploads.Root));
    }
}
