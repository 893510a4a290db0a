using System.Text;
using Uploader.Shared.Storage;

namespace Shared.Tests.Storage;

public sealed class UploadStoreTests : IDisposable
{
    private readonly Uploads _uploads = new();

    public void Dispose() => _uploads.Dispose();

    [Fact]
    public void A_committed_file_lies_under_its_date_with_what_was_written()
    {
        var stored = _uploads.Put("hello");

        Assert.Matches("^2026/03/09/[0-9a-hjkmnp-tv-z]{26}\\.png$", stored.Path);
        Assert.Equal($"2026/03/09/{stored.Id}.png", stored.Path);
        Assert.Equal(5, stored.Length);
        Assert.Equal("hello", File.ReadAllText(_uploads[stored.Path]));
        Assert.Empty(_uploads.StagedNames());
    }

    [Fact]
    public void The_date_is_UTCs()
    {
        using var staged = _uploads.Store().Stage();
        var stored = staged.Commit("png", Uploads.Described, new DateTimeOffset(2026, 1, 1, 1, 0, 0, TimeSpan.FromHours(2)));

        Assert.StartsWith("2025/12/31/", stored.Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x000u)] // 000
    [InlineData(0x03Fu)] // 077
    public void The_modes_are_ours_whatever_the_umask(uint umask)
    {
        StoredFile stored = null!;
        var staging = "";
        Machine.WithUmask(umask, () =>
        {
            using var staged = _uploads.Store().Stage();
            staging = Machine.Look(Assert.Single(_uploads.StagedNames()));
            stored = staged.Commit("png", Uploads.Described, Uploads.Now);
        });

        Assert.StartsWith("0600 ", staging, StringComparison.Ordinal);
        Assert.StartsWith("0700 ", Machine.Look(_uploads.Staging), StringComparison.Ordinal);
        Assert.Equal($"0640 {_uploads.Wanted.File.ToString()[5..]}", Machine.Look(_uploads[stored.Path]));
        foreach (var folder in (string[])["2026", "2026/03", "2026/03/09"])
            Assert.Equal($"0750 {_uploads.Wanted.File.ToString()[5..]}", Machine.Look(_uploads[folder]));
    }

    [Fact]
    public void What_a_commit_leaves_needs_no_repair()
    {
        _uploads.Folder("");
        _uploads.Put();

        Assert.Empty(_uploads.Drift().Lines);
    }

    [Fact]
    public void Not_committed_means_gone()
    {
        using (var staged = _uploads.Store().Stage())
            staged.Append("half"u8);

        Assert.Empty(_uploads.StagedNames());
        Assert.Equal([".incoming"], Directory.GetFileSystemEntries(_uploads.Root).Select(Path.GetFileName));
    }

    [Fact]
    public void A_thousand_abandoned_uploads_leave_no_handle()
    {
        var store = _uploads.Store();
        for (var i = 0; i < 1000; i++)
        {
            using var staged = store.Stage();
            staged.Append("half"u8);
        }

        Assert.Equal(0, Machine.HandlesBelow(_uploads.Root));
        Assert.Empty(_uploads.StagedNames());
    }

    [Fact]
    public void A_commit_leaves_no_handle()
    {
        _uploads.Put();

        Assert.Equal(0, Machine.HandlesBelow(_uploads.Root));
    }

    [Fact]
    public void What_was_appended_can_be_read_back_anywhere()
    {
        using var staged = _uploads.Store().Stage();
        staged.Append("0123456789"u8);
        staged.Append("abc"u8);
        var into = new byte[6];

        Assert.Equal(13, staged.Length);
        Assert.Equal(6, staged.Read(2, into));
        Assert.Equal("234567", Encoding.ASCII.GetString(into));
        Assert.Equal(3, staged.Read(10, into));
        Assert.Equal(0, staged.Read(13, into));
    }

    [Fact]
    public void What_is_known_of_a_file_travels_with_it()
    {
        var stored = _uploads.Put();
        var attributes = Machine.Run("getfattr", "--absolute-names", "-d", _uploads[stored.Path]);

        Assert.Contains("user.uploader.name=\"holiday.png\"", attributes, StringComparison.Ordinal);
        Assert.Contains($"user.uploader.sha256=\"{new string('a', 64)}\"", attributes, StringComparison.Ordinal);
        Assert.Contains("user.uploader.type=\"image/png\"", attributes, StringComparison.Ordinal);
        Assert.Contains("user.uploader.key=\"alice\"", attributes, StringComparison.Ordinal);
        Assert.Contains("user.uploader.from=\"203.0.113.7\"", attributes, StringComparison.Ordinal);
        Assert.Contains("user.uploader.at=\"2026-03-09T23:59:58.000Z\"", attributes, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_system_without_attributes_still_takes_uploads_and_is_reported_once()
    {
        _uploads.Mounted("ramfs", "mode=0750");
        var store = _uploads.Store();
        var first = _uploads.Put("one", store: store);
        _uploads.Put("two", store: store);

        Assert.Equal("one", File.ReadAllText(_uploads[first.Path]));
        Assert.StartsWith("MetadataUnsupported: ", Assert.Single(_uploads.Events.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_says_so_and_leaves_nothing()
    {
        _uploads.Mounted("tmpfs", "size=1m,mode=0750");
        using (var staged = _uploads.Store().Stage())
        {
            var e = Assert.Throws<PosixException>(() => staged.Append(new byte[2 << 20]));

            Assert.True(e.IsDiskFull);
            Assert.InRange(staged.Length, 1, 1 << 20);
        }

        Assert.Empty(_uploads.StagedNames());
        // Not at once: a child that another test starts holds all our handles between its fork and its exec.
        Assert.True(SpinWait.SpinUntil(() => _uploads.Store().Space().FreeBytes > 900 << 10, TimeSpan.FromSeconds(10)));
        Assert.Equal("again", File.ReadAllText(_uploads[_uploads.Put("again").Path]));
    }

    [Fact]
    public void Free_space_is_what_df_says()
    {
        _uploads.Mounted("tmpfs", "size=8m,mode=0750");
        _uploads.Put(new string('x', 1 << 20));
        var space = _uploads.Store().Space();

        Assert.Equal(
            $"{space.UsedBytes} {space.FreeBytes}",
            Machine.Run("df", "-B1", "--output=used,avail", _uploads.Root).Split('\n')[1].Trim().Replace("  ", " ", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_durability_a_file_is_as_public_as_with_it()
    {
        Assert.Equal("x", File.ReadAllText(_uploads[_uploads.Put("x", store: _uploads.Store(Durability.None)).Path]));
    }

    [Fact]
    public void A_day_folder_that_is_taken_away_is_made_again()
    {
        var store = _uploads.Store();
        _uploads.Put("one", store: store);
        Directory.Move(_uploads["2026"], Path.Combine(_uploads.Base, "moved"));

        Assert.Equal("two", File.ReadAllText(_uploads[_uploads.Put("two", store: store).Path]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("PNG")]
    [InlineData("p/g")]
    [InlineData("../x")]
    [InlineData("a.png")]
    [InlineData("p\0g")]
    public void Nothing_but_an_extension_becomes_part_of_a_path(string extension)
    {
        using var staged = _uploads.Store().Stage();

        Assert.Throws<ArgumentException>(() => staged.Commit(extension, Uploads.Described, Uploads.Now));
    }

    [Fact]
    public void A_file_is_committed_once()
    {
        using var staged = _uploads.Store().Stage();
        staged.Commit("png", Uploads.Described, Uploads.Now);

        Assert.Throws<ObjectDisposedException>(() => staged.Commit("png", Uploads.Described, Uploads.Now));
    }

    [Fact]
    public void A_group_that_does_not_exist_is_an_error_at_once() =>
        Assert.Throws<ArgumentException>(() => new UploadStore(_uploads.Root, "no-such-group", Durability.Full, _uploads.Events));

    [Fact]
    public void Without_the_right_to_give_files_to_the_group_uploads_go_on()
    {
        Machine.MustBeRoot();
        Machine.Chown(_uploads.Root, Machine.Nobody, Machine.Nobody);
        StoredFile stored = null!;
        Machine.AsUser(Machine.Nobody, Machine.Nobody, () => stored = _uploads.Put());

        Assert.Equal("0640 nobody:nogroup", Machine.Look(_uploads[stored.Path]));
    }
}
