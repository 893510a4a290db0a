using System.Globalization;
using CsCheck;
using Uploader.Shared.Storage;

namespace Shared.Tests.Storage;

public sealed class TreeWalkTests : IDisposable
{
    private readonly Uploads _uploads = new();

    public void Dispose() => _uploads.Dispose();

    [Fact]
    public void An_empty_root_uses_nothing()
    {
        _uploads.Folder("");

        Assert.Equal(new WalkReport(0, 0, 1, 0, null), _uploads.Walk());
    }

    [Fact]
    public void A_root_that_is_not_there_is_a_fault() =>
        Assert.Throws<PosixException>(() => TreeWalk.Run(_uploads["missing"], _uploads.Wanted, null, CancellationToken.None));

    [Fact]
    public void A_random_tree_is_counted_as_du_and_find_count_it()
    {
        var random = Gen.Int[0, 20_000].Array[300].Single();
        foreach (var (size, i) in random.Select((size, i) => (size, i)))
            _uploads.Plant($"d{size % 7}/e{size % 5}/f{i}", size % 3 == 0 ? "0644" : "0640", new string('x', size));
        var drift = new DriftList(1000);
        var report = _uploads.Walk(drift);

        var apparent = long.Parse(Machine.Run("bash", "-c", $"find {_uploads.Root} -type f -printf '%s\\n' | awk '{{s+=$1}} END {{print s}}'"), CultureInfo.InvariantCulture);
        Assert.Equal(apparent, report.UsedBytes);
        Assert.Equal(300, report.Files);
        Assert.Equal(Lines(Machine.Run("find", _uploads.Root, "-type", "d")).Length, report.Folders);
        Assert.Equal(Lines(Machine.Run("find", _uploads.Root, "-type", "f", "!", "-perm", "0640")), drift.Lines.Select(l => l.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_folder_larger_than_one_batch_is_read_to_its_end()
    {
        _uploads.Folder("big");
        for (var i = 0; i < 3000; i++)
            Directory.CreateDirectory(_uploads[$"big/{i:d4}{new string('x', 100)}"]);
        Machine.Run("find", _uploads.Root, "-mindepth", "3", "-delete");

        Assert.Equal(3002, _uploads.Walk().Folders);
    }

    [Fact]
    public void A_planted_sparse_file_does_not_fake_a_full_disk()
    {
        using (var file = File.OpenHandle(_uploads.Plant("sparse"), FileMode.Open, FileAccess.Write))
            RandomAccess.SetLength(file, 1L << 40);

        Assert.InRange(_uploads.Walk().UsedBytes, 0, 8192);
    }

    [Fact]
    public void Bytes_with_several_names_are_counted_once()
    {
        var one = _uploads.Plant("one", content: new string('x', 5000));
        Machine.Link(one, _uploads["two"]);
        var report = _uploads.Walk();

        Assert.Equal(5000, report.UsedBytes);
        Assert.Equal(2, report.Files);
    }

    [Theory]
    [InlineData("0640", false)]
    [InlineData("0600", true)]
    [InlineData("0644", true)]
    [InlineData("0660", true)]
    [InlineData("0750", true)]
    [InlineData("4640", true)]
    [InlineData("2640", true)]
    [InlineData("1640", true)]
    public void A_file_has_drifted_when_one_bit_is_another(string mode, bool drifted)
    {
        _uploads.Plant("2026/file", mode);

        Assert.Equal(drifted ? [_uploads["2026/file"]] : [], _uploads.Drift().Lines.Select(l => l.Path));
    }

    [Theory]
    [InlineData("0750", false)]
    [InlineData("0700", true)]
    [InlineData("0755", true)]
    [InlineData("2750", true)]
    [InlineData("1777", true)]
    public void So_has_a_folder(string mode, bool drifted)
    {
        _uploads.Folder("2026", mode);

        Assert.Equal(drifted ? [_uploads["2026"]] : [], _uploads.Drift().Lines.Select(l => l.Path));
    }

    [Fact]
    public void So_have_the_root_and_the_staging_folder()
    {
        _uploads.Folder(".incoming", "0750");
        Machine.Chmod(_uploads.Root, "0755");

        var owner = _uploads.Wanted.Folder.ToString()[5..];
        Assert.Equal([
            new(_uploads.Root, $"0755 {owner}", $"0750 {owner}"),
            new(_uploads.Staging, $"0750 {owner}", $"0700 {owner}"),
        ], _uploads.Drift().Lines);
    }

    [Fact]
    public void Another_owner_or_group_is_drift_too()
    {
        Machine.MustBeRoot();
        Machine.Chown(_uploads.Plant("a"), Machine.Nobody, _uploads.Wanted.GroupId);
        Machine.Chown(_uploads.Plant("b"), _uploads.Wanted.UserId, Machine.Nobody);

        Assert.Equal(["a", "b"], _uploads.Drift().Lines.Select(l => Path.GetFileName(l.Path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_in_staging_is_neither_counted_nor_judged()
    {
        _uploads.Plant(".incoming/staged", "0600");
        Machine.Chmod(_uploads.Staging, "0700");
        _uploads.Plant("2026/.incoming/file", "0600");
        var drift = new DriftList(10);

        Assert.Equal(1, _uploads.Walk(drift).Files);
        Assert.Equal([_uploads["2026/.incoming/file"]], drift.Lines.Select(l => l.Path));
    }

    [Fact]
    public void What_has_no_place_here_is_named_and_left_alone()
    {
        Machine.MustBeRoot();
        _uploads.Folder("d");
        File.CreateSymbolicLink(_uploads["d/link"], _uploads.Secret);
        Directory.CreateSymbolicLink(_uploads["d/folder-link"], Path.GetDirectoryName(_uploads.Secret)!);
        Machine.Mkfifo(_uploads["d/fifo"]);
        Machine.MakeSocket(_uploads["d/socket"]);
        Machine.MknodNull(_uploads["d/null"]);
        Machine.Link(_uploads.Secret, _uploads["d/hard"]);
        var drift = new DriftList(10);
        var report = _uploads.Walk(drift);

        Assert.Equal(
            ["fifo FIFO", "folder-link link", $"hard {Verdict.HardLink}", "link link", "null character device", "socket socket"],
            drift.Lines.Select(l => $"{Path.GetFileName(l.Path)} {l.Verdict}").Order(StringComparer.Ordinal));
        Assert.Equal(1, report.Files);
    }

    [Theory]
    [InlineData("tmpfs")]
    [InlineData("bind")]
    [InlineData("bind file")]
    public void Nothing_that_is_mounted_below_the_root_is_entered(string how)
    {
        Machine.MustBeRoot();
        _uploads.Folder("mounted");
        if (how == "tmpfs")
            _uploads.Mounted("tmpfs", "size=1m", "mounted");
        else if (how == "bind")
            _uploads.Bind(Path.GetDirectoryName(_uploads.Secret)!, "mounted");
        else
            _uploads.Bind(_uploads.Secret, Path.GetRelativePath(_uploads.Root, _uploads.Plant("mounted/file")));
        if (how == "tmpfs")
            File.WriteAllText(_uploads["mounted/inside"], "x");
        var drift = new DriftList(10);

        Assert.Equal(0, _uploads.Walk(drift).Files);
        Assert.Equal("mount point", Assert.Single(drift.Lines).Verdict);
    }

    [Fact]
    public void A_root_that_is_a_mount_point_itself_is_walked()
    {
        _uploads.Mounted("tmpfs", "size=1m,mode=0750");
        _uploads.Plant("file");

        Assert.Equal(1, _uploads.Walk().Files);
    }

    [Fact]
    public void Ten_thousand_folders_deep_is_walked_with_a_few_handles()
    {
        _uploads.Mounted("tmpfs", "size=100m,mode=0750");
        _uploads.Folder("");
        Dig(_uploads.Root, 10_000);
        var most = new MostHandles(_uploads.Root);
        var report = _uploads.Walk(most);

        Assert.Equal(10_001, report.Folders);
        Assert.Equal(10_000, report.Files);
        Assert.Equal(0, report.Unreadable);
        Assert.InRange(most.Seen, 16, 64);
        Assert.Equal(0, Machine.HandlesBelow(_uploads.Root));
    }

    [Fact]
    public void A_folder_moved_away_deep_below_costs_the_walk_of_that_place_only()
    {
        _uploads.Folder("");
        Dig(_uploads.Root, 60);
        for (var i = 0; i < 10; i++)
            _uploads.Plant($"day{i}/file");
        var moved = Path.Combine([_uploads.Root, .. Enumerable.Repeat("d", 40)]);
        var report = _uploads.Walk(new Mover(moved, Path.Combine(_uploads.Base, "outside", "moved")));

        Assert.Equal("moved during the walk", report.FirstUnreadable?.Reason);
        Assert.InRange(report.Unreadable, 1, 30);
        Assert.Equal(11, Directory.GetDirectories(_uploads.Root).Length);
        Assert.InRange(report.Files, 10 + 17, 10 + 60);
    }

    [Fact]
    public void What_cannot_be_read_is_counted_and_named_and_the_rest_is_walked()
    {
        Machine.MustBeRoot();
        _uploads.Plant("a/file");
        _uploads.Folder("locked", "0000");
        _uploads.Plant("z/file");
        Machine.Run("chown", "-R", "nobody:nogroup", _uploads.Root);
        Machine.Chown(_uploads["locked"], 0, 0);
        WalkReport report = null!;
        Machine.AsUser(Machine.Nobody, Machine.Nobody, () => report = _uploads.Walk());

        Assert.Equal((2, 1), (report.Files, report.Unreadable));
        Assert.Equal((_uploads["locked"], "Permission denied"), report.FirstUnreadable);
    }

    [Fact]
    public void A_name_that_would_forge_a_log_line_is_shown_escaped()
    {
        Machine.Run("bash", "-c", $"umask 077; printf x > {_uploads.Root}/$'a\\nb\\x1b\\xff\\\\'");

        Assert.EndsWith("/a\\x0ab\\x1b\\xff\\\\", _uploads.Drift().Lines[^1].Path, StringComparison.Ordinal);
    }

    [Fact]
    public void A_walk_can_be_called_off()
    {
        _uploads.Folder("a");

        Assert.Throws<OperationCanceledException>(() => TreeWalk.Run(_uploads.Root, _uploads.Wanted, null, new CancellationToken(true)));
        Assert.Equal(0, Machine.HandlesBelow(_uploads.Root));
    }

    /// <summary>Folders <c>d/d/d/…</c>, each with a file that has drifted. By handle: no path is that long.</summary>
    private void Dig(string root, int depth)
    {
        var folder = Folder.OpenRoot(root);
        for (var i = 0; i < depth; i++)
        {
            var next = folder.OpenOrMake("d", WantedPermissions.FolderMode, _uploads.Wanted.GroupId);
            next.TryCreate("file")!.Dispose();
            folder.Dispose();
            folder = next;
        }

        folder.Dispose();
    }

    private static string[] Lines(string text) => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];

    private sealed class MostHandles(string root) : IDriftVisitor
    {
        private int _calls;

        public int Seen { get; private set; }

        public void Drifted(in Finding finding)
        {
            if (++_calls % 500 == 0)
                Seen = Math.Max(Seen, Machine.HandlesBelow(root));
        }

        public void Foreign(in Finding finding, string kind)
        {
        }
    }

    /// <summary>Moves a folder out of the tree while the walk is at the bottom of it.</summary>
    private sealed class Mover(string from, string to) : IDriftVisitor
    {
        private int _calls;

        public void Drifted(in Finding finding)
        {
            if (++_calls == 60)
                Directory.Move(from, to);
        }

        public void Foreign(in Finding finding, string kind)
        {
        }
    }
}
