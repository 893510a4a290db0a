using Uploader.Shared.Storage;

namespace Shared.Tests.Storage;

/// <summary>Another account can write below the root and plants what would lead an upload elsewhere.</summary>
public sealed class PlantedTrapsTests : IDisposable
{
    private readonly Uploads _uploads = new();

    public void Dispose() => _uploads.Dispose();

    private string Outside => Path.GetDirectoryName(_uploads.Secret)!;

    [Theory]
    [InlineData("2026")]
    [InlineData("2026/03")]
    [InlineData("2026/03/09")]
    public void A_link_in_place_of_a_dated_folder_fails_the_commit_and_nothing_is_written_outside(string folder)
    {
        if (Path.GetDirectoryName(folder) is { Length: > 0 } parent)
            _uploads.Folder(parent);
        Directory.CreateSymbolicLink(_uploads[folder], Outside);

        Assert.Throws<PosixException>(() => _uploads.Put());
        Assert.Equal([_uploads.Secret], Directory.GetFileSystemEntries(Outside));
        Assert.Empty(_uploads.StagedNames());
    }

    [Fact]
    public void A_link_in_place_of_the_staging_folder_stops_uploads_and_nothing_is_written_outside()
    {
        Directory.CreateSymbolicLink(_uploads.Staging, Outside);

        Assert.Throws<PosixException>(() => _uploads.Put());
        Assert.Equal([_uploads.Secret], Directory.GetFileSystemEntries(Outside));
    }

    [Fact]
    public void A_staging_folder_of_another_account_stops_uploads()
    {
        Machine.MustBeRoot();
        Directory.CreateDirectory(_uploads.Staging);
        Machine.Chown(_uploads.Staging, Machine.Nobody, Machine.Nobody);

        Assert.Throws<PosixException>(() => _uploads.Put());
    }

    [Fact]
    public void A_staging_folder_that_was_opened_to_others_is_closed_again()
    {
        Directory.CreateDirectory(_uploads.Staging);
        Machine.Chmod(_uploads.Staging, "0777");
        _uploads.Put();

        Assert.StartsWith("0700", Machine.Look(_uploads.Staging), StringComparison.Ordinal);
    }

    [Fact]
    public void A_dangling_link_among_the_staged_files_is_in_nobodys_way()
    {
        using var folder = Folder.OpenRoot(_uploads.Root);
        var target = Path.Combine(Outside, "made-by-us");
        File.CreateSymbolicLink(_uploads["name"], target);

        Assert.Null(folder.TryCreate("name"));
        Assert.False(File.Exists(target));
    }

    [Fact]
    public void A_staged_file_that_was_exchanged_for_a_link_is_not_published()
    {
        using var staged = _uploads.Store().Stage();
        var name = Assert.Single(_uploads.StagedNames());
        File.Delete(name);
        File.CreateSymbolicLink(name, _uploads.Secret);

        Assert.Throws<PosixException>(() => staged.Commit("png", Uploads.Described, Uploads.Now));
        Assert.Empty(Directory.GetFileSystemEntries(_uploads["2026/03/09"]));
        Assert.Equal("secret", File.ReadAllText(_uploads.Secret));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_taken_name_is_never_replaced(bool isLink)
    {
        using var root = Folder.OpenRoot(_uploads.Root);
        File.WriteAllText(_uploads["staged"], "new");
        if (isLink)
            File.CreateSymbolicLink(_uploads["taken"], Path.Combine(Outside, "dangling"));
        else
            File.WriteAllText(_uploads["taken"], "old");

        Assert.False(Publication.TryRename(root, "staged", root, "taken"));
        Assert.False(Publication.TryLink(root, "staged", root, "taken"));
        Assert.Equal("new", File.ReadAllText(_uploads["staged"]));
        if (isLink)
            Assert.Empty(Directory.GetFiles(Outside, "dangling"));
        else
            Assert.Equal("old", File.ReadAllText(_uploads["taken"]));
    }

    [Fact]
    public void Where_renaming_knows_no_flags_a_link_and_an_unlink_publish()
    {
        using var root = Folder.OpenRoot(_uploads.Root);
        File.WriteAllText(_uploads["staged"], "new");

        Assert.True(Publication.TryLink(root, "staged", root, "public"));
        Assert.Equal("new", File.ReadAllText(_uploads["public"]));
        Assert.False(File.Exists(_uploads["staged"]));
    }
}
