using System.Text;
using Uploader.Shared.Storage;

namespace Shared.Tests.Storage;

public sealed class DayUsageTests : IDisposable
{
    private readonly Uploads _uploads = new();

    public void Dispose() => _uploads.Dispose();

    [Fact]
    public void What_keys_stored_is_summed_by_name_for_that_day_alone()
    {
        Put("alice", "1234567", Uploads.Now);
        Put("alice", "123", Uploads.Now);
        Put("bob", "12345", Uploads.Now);
        Put("alice", "the day after", Uploads.Now.AddSeconds(2));

        Assert.Equal(new Dictionary<string, long> { ["alice"] = 10, ["bob"] = 5 }, UsageOf(Uploads.Now));
        Assert.Equal(new Dictionary<string, long> { ["alice"] = 13 }, UsageOf(Uploads.Now.AddDays(1)));
    }

    [Fact]
    public void A_day_without_a_folder_is_empty() => Assert.Empty(UsageOf(Uploads.Now.AddYears(1)));

    [Fact]
    public void What_is_still_in_staging_is_nobodys()
    {
        using var staged = _uploads.Store().Stage();
        staged.Append("content"u8);
        Assert.Empty(UsageOf(Uploads.Now));
    }

    [Fact]
    public void What_somebody_planted_is_passed_over_and_nothing_is_followed_or_waited_for()
    {
        Machine.MustBeRoot();
        Put("alice", "1234567", Uploads.Now);
        var day = _uploads.Folder("2026/03/09");
        Machine.Mkfifo($"{day}/fifo");
        Machine.MknodNull($"{day}/null");
        Machine.MakeSocket($"{day}/socket");
        File.CreateSymbolicLink($"{day}/link", _uploads.Secret);
        Directory.CreateDirectory($"{day}/folder");
        var forged = _uploads.Plant("2026/03/09/forged.png", content: new string('x', 1000));
        Machine.Run("setfattr", "-n", StoredMetadata.KeyAttribute, "-v", "alice", forged);
        Machine.Chown(forged, Machine.Nobody, Machine.Nobody);
        _uploads.Plant("2026/03/09/without-attributes.png");

        Assert.Equal(new Dictionary<string, long> { ["alice"] = 7 }, UsageOf(Uploads.Now));
    }

    [Fact]
    public void A_planted_link_in_place_of_a_folder_is_an_error_and_not_an_empty_day()
    {
        _uploads.Folder("2026");
        Directory.CreateSymbolicLink(_uploads["2026/03"], "/etc");
        Assert.Throws<PosixException>(() => UsageOf(Uploads.Now));
        Assert.Equal(0, Machine.HandlesBelow(_uploads.Base));
    }

    private Dictionary<string, long> UsageOf(DateTimeOffset day) => DayUsage.ByKey(_uploads.Root, day, TestContext.Current.CancellationToken);

    private void Put(string key, string content, DateTimeOffset at)
    {
        using var staged = _uploads.Store().Stage();
        staged.Append(Encoding.UTF8.GetBytes(content));
        staged.Commit("png", Uploads.Described with { Key = key }, at);
    }
}
