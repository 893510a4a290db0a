using Uploader.Shared.Storage;

namespace Shared.Tests.Storage;

public sealed class PermissionSweepTests : IDisposable
{
    private readonly Uploads _uploads = new();
    private readonly Recorder<PermissionSweep> _events = new();

    public void Dispose() => _uploads.Dispose();

    private string Owner => _uploads.Wanted.File.ToString()[5..];

    private PermissionSweep NewSweep() => new(_uploads.Root, _uploads.Wanted, _events);

    private WalkReport Sweep() => NewSweep().Sweep(TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("0777")]
    [InlineData("4755")]
    [InlineData("2644")]
    [InlineData("0000")]
    public void A_file_gets_its_mode_back_and_the_journal_says_what_it_was(string mode)
    {
        var file = _uploads.Plant("2026/file", mode);
        Sweep();

        Assert.Equal($"0640 {Owner}", Machine.Look(file));
        Assert.Equal([$"DriftRepaired: Repaired {file}: was {mode} {Owner}, is 0640 {Owner}"], _events.Lines);
        Assert.Empty(_uploads.Drift().Lines);
    }

    [Fact]
    public void Owner_and_group_come_back_and_setuid_goes()
    {
        Machine.MustBeRoot();
        var file = _uploads.Plant("file");
        Machine.Chown(file, Machine.Nobody, Machine.Nobody);
        Machine.Chmod(file, "6777");
        Sweep();

        Assert.Equal([$"DriftRepaired: Repaired {file}: was 6777 nobody:nogroup, is 0640 {Owner}"], _events.Lines);
    }

    [Fact]
    public void The_root_staging_and_folders_come_back()
    {
        _uploads.Folder("2026/03", "0777");
        _uploads.Folder(".incoming", "0777");
        Machine.Chmod(_uploads.Root, "0777");
        Sweep();

        Assert.Equal(3, _events.Lines.Count);
        Assert.Equal($"0750 {Owner}", Machine.Look(_uploads.Root));
        Assert.Equal($"0750 {Owner}", Machine.Look(_uploads["2026/03"]));
        Assert.Equal($"0700 {Owner}", Machine.Look(_uploads.Staging));
    }

    [Fact]
    public void A_root_that_is_a_mount_point_comes_back_too()
    {
        _uploads.Mounted("tmpfs", "size=1m,mode=0777");
        Machine.Chmod(_uploads.Root, "0777");
        Sweep();

        Assert.Equal($"0750 {Owner}", Machine.Look(_uploads.Root));
    }

    [Fact]
    public void What_is_foreign_is_reported_once_and_never_touched()
    {
        Machine.MustBeRoot();
        _uploads.Folder("d");
        Machine.Mkfifo(_uploads["d/fifo"]);
        Machine.MakeSocket(_uploads["d/socket"]);
        Machine.MknodNull(_uploads["d/null"]);
        File.CreateSymbolicLink(_uploads["d/link"], _uploads.Secret);
        Machine.Link(_uploads.Secret, _uploads["d/hard"]);
        foreach (var name in (string[])["fifo", "socket", "null"])
            Machine.Chmod(_uploads[$"d/{name}"], "0666");
        var before = Machine.Look(_uploads.Secret);
        var sweep = NewSweep();
        sweep.Sweep(CancellationToken.None);
        sweep.Sweep(CancellationToken.None);

        Assert.Equal(5, _events.Lines.Count);
        Assert.All(_events.Lines, line => Assert.StartsWith("ForeignObject: ", line, StringComparison.Ordinal));
        Assert.Equal(before, Machine.Look(_uploads.Secret));
        foreach (var name in (string[])["fifo", "socket", "null"])
            Assert.StartsWith("0666 root:root", Machine.Look(_uploads[$"d/{name}"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_capabilities_it_repairs_what_it_owns_and_says_once_what_it_may_not()
    {
        Machine.MustBeRoot();
        using var uploads = new Uploads { Wanted = new WantedPermissions(Machine.Nobody, Machine.Nobody) };
        var ours = uploads.Plant("a/ours", "0666");
        var roots = uploads.Plant("a/roots", "0666");
        Machine.Chown(roots, 0, 0);
        var sweep = new PermissionSweep(uploads.Root, uploads.Wanted, _events);
        Machine.AsUser(Machine.Nobody, Machine.Nobody, () =>
        {
            sweep.Sweep(CancellationToken.None);
            sweep.Sweep(CancellationToken.None);
        });

        Assert.Equal([
            $"DriftNotRepaired: Cannot repair {roots}: is 0666 root:root, should be 0640 nobody:nogroup (chmod: Operation not permitted)",
            $"DriftRepaired: Repaired {ours}: was 0666 nobody:nogroup, is 0640 nobody:nogroup",
        ], _events.Lines.Order(StringComparer.Ordinal));
        Assert.Equal("0666 root:root", Machine.Look(roots));
    }

    [Fact]
    public void Without_capabilities_a_folder_that_cannot_be_entered_is_repaired_before_it_is()
    {
        Machine.MustBeRoot();
        using var uploads = new Uploads { Wanted = new WantedPermissions(Machine.Nobody, Machine.Nobody) };
        var file = uploads.Plant("closed/inner/file", "0777");
        Machine.Chmod(uploads["closed/inner"], "0000");
        Machine.Chmod(uploads["closed"], "0600");
        WalkReport report = null!;
        Machine.AsUser(Machine.Nobody, Machine.Nobody, () => report = new PermissionSweep(uploads.Root, uploads.Wanted, _events).Sweep(CancellationToken.None));

        Assert.Equal((1, 0), (report.Files, report.Unreadable));
        Assert.Equal("0640 nobody:nogroup", Machine.Look(file));
    }

    [Fact]
    public void What_comes_back_after_it_was_removed_is_news_again()
    {
        var sweep = NewSweep();
        _uploads.Folder("");
        foreach (var isThere in (bool[])[true, true, false, true])
        {
            File.Delete(_uploads["link"]);
            if (isThere)
                File.CreateSymbolicLink(_uploads["link"], "/nowhere");
            sweep.Sweep(CancellationToken.None);
        }

        Assert.Equal(2, _events.Lines.Count);
    }

    [Fact]
    public void A_thousand_repairs_are_all_done_and_summed_up()
    {
        for (var i = 0; i < 1000; i++)
            _uploads.Plant($"d/{i}", "0644");
        Sweep();

        Assert.Equal(PermissionSweep.LinesAtMost + 1, _events.Lines.Count);
        Assert.StartsWith("DriftSwept: Permission sweep repaired 1000, could not repair 0, left 0 ", _events.Lines[^1], StringComparison.Ordinal);
        Assert.Empty(_uploads.Drift().Lines);
    }

    [Fact]
    public void A_thousand_foreign_objects_are_summed_up_once_and_not_at_every_sweep()
    {
        _uploads.Folder("");
        for (var i = 0; i < 1000; i++)
            File.CreateSymbolicLink(_uploads[$"{i}"], "/nowhere");
        var sweep = NewSweep();
        sweep.Sweep(CancellationToken.None);
        var first = _events.Lines.Count;
        sweep.Sweep(CancellationToken.None);

        Assert.Equal(PermissionSweep.LinesAtMost + 1, first);
        Assert.Equal(first, _events.Lines.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_name_exchanged_for_a_link_all_the_time_never_changes_what_the_link_leads_to(bool isHard)
    {
        _uploads.Folder("d");
        if (isHard)
            Machine.Link(_uploads.Secret, _uploads["link"]);
        else
            File.CreateSymbolicLink(_uploads["link"], _uploads.Secret);
        var before = Machine.Look(_uploads.Secret);
        var deadline = Environment.TickCount64 + 2000;
        var swaps = 0L;
        var swapper = new Thread(() =>
        {
            while (Environment.TickCount64 < deadline)
            {
                Machine.Exchange(_uploads["d/file"], _uploads["link"]);
                swaps++;
            }
        });
        _uploads.Plant("d/file", "0666");
        swapper.Start();
        var sweep = NewSweep();
        while (Environment.TickCount64 < deadline)
        {
            sweep.Sweep(CancellationToken.None);
            foreach (var path in (string[])["d/file", "link"])
            {
                TryLoosen(_uploads[path]);
            }
        }

        swapper.Join();
        Assert.InRange(swaps, 1000, long.MaxValue);
        Assert.Contains(_events.Lines, line => line.StartsWith("DriftRepaired", StringComparison.Ordinal));
        Assert.Equal(before, Machine.Look(_uploads.Secret));
    }

    // Must not follow the links itself, or the test would change what it guards.
    private static void TryLoosen(string path)
    {
        using var folder = Folder.OpenRoot(Path.GetDirectoryName(path)!);
        using var file = Posix.TryOpenAt(folder.Handle, [.. System.Text.Encoding.UTF8.GetBytes(Path.GetFileName(path)), 0], OpenFlags.ReadOnly, out _);
        if (file is not null && Posix.Status(file).Links == 1)
            Posix.ChangeMode(file, (UnixFileMode)0x1B6);
    }
}
