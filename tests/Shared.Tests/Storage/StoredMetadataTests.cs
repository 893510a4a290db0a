using Microsoft.Win32.SafeHandles;
using Uploader.Shared.Storage;

namespace Shared.Tests.Storage;

public sealed class StoredMetadataTests : IDisposable
{
    private readonly Uploads _uploads = new();

    public void Dispose() => _uploads.Dispose();

    [Fact]
    public void What_a_commit_wrote_is_read_back()
    {
        var stored = _uploads.Put();
        Assert.Equal(new StoredMetadata("holiday.png", new string('a', 64), "image/png", "alice", "203.0.113.7", Uploads.Now), Read(_uploads[stored.Path]));
    }

    [Fact]
    public void A_file_without_attributes_is_known_for_nothing() =>
        Assert.Equal(new StoredMetadata(null, null, null, null, null, null), Read(_uploads.Plant("2026/03/09/planted.png")));

    [Fact]
    public void Nor_is_one_on_a_file_system_that_keeps_none()
    {
        using var proc = File.OpenHandle("/proc/self/status");
        Assert.Equal(new StoredMetadata(null, null, null, null, null, null), StoredMetadata.Of(proc));
    }

    [Theory]
    [InlineData("key", "0x616c6963650a", null)] // A line end
    [InlineData("key", "0x1b5b324a", null)] // Clears a terminal
    [InlineData("key", "0x", null)]
    [InlineData("key", "0xff", null)]
    [InlineData("key", "alice", "alice")]
    [InlineData("sha256", "abc", null)]
    [InlineData("sha256", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", null)]
    [InlineData("from", "0x31e280ae", null)] // A bidi control
    [InlineData("type", "a b", null)]
    [InlineData("at", "yesterday", null)]
    [InlineData("at", "2026-02-30T00:00:00.000Z", null)]
    [InlineData("name", "0x2e2e2f781b2e706e67", "x\uFFFD.png")]
    public void What_somebody_else_wrote_there_is_nothing_or_fit_to_be_shown(string attribute, string value, string? read)
    {
        var path = _uploads.Plant("2026/03/09/planted.png");
        Machine.Run("setfattr", "-n", $"user.uploader.{attribute}", "-v", value, path);

        var known = Read(path);
        Assert.Equal(read, attribute switch
        {
            "key" => known.Key,
            "sha256" => known.Sha256,
            "from" => known.From,
            "type" => known.Type,
            "at" => known.At?.ToString(),
            _ => known.Name,
        });
    }

    [Fact]
    public void A_value_longer_than_any_of_ours_is_not_ours()
    {
        var path = _uploads.Plant("2026/03/09/planted.png");
        Machine.Run("setfattr", "-n", "user.uploader.name", "-v", new string('x', 600), path);
        Assert.Null(Read(path).Name);
    }

    private static StoredMetadata Read(string path)
    {
        using SafeFileHandle file = File.OpenHandle(path);
        return StoredMetadata.Of(file);
    }
}
