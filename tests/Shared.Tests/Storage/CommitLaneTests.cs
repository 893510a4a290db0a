using Microsoft.Extensions.Logging.Abstractions;
using Uploader.Shared.Storage;

namespace Shared.Tests.Storage;

public sealed class CommitLaneTests : IDisposable
{
    private readonly Uploads _uploads = new();

    public void Dispose() => _uploads.Dispose();

    [Fact]
    public async Task Commits_run_beside_each_other_and_all_arrive()
    {
        using var lane = NewLane();
        var store = _uploads.Store();
        var stored = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Commit(lane, store.Stage(), i)));

        Assert.Equal(100, stored.Select(s => s.Id).Distinct().Count());
        foreach (var (file, i) in stored.Select((s, i) => (s, i)))
            Assert.Equal($"{i}", await File.ReadAllTextAsync(_uploads[file.Path], TestContext.Current.CancellationToken));
        Assert.Empty(_uploads.StagedNames());
    }

    [Fact]
    public async Task Stopping_finishes_what_was_given_and_takes_no_more()
    {
        var lane = NewLane();
        var store = _uploads.Store();
        var given = Enumerable.Range(0, 50).Select(i => Commit(lane, store.Stage(), i)).ToArray();
        lane.Dispose();

        Assert.All(given, task => Assert.True(task.IsCompletedSuccessfully));
        using var late = store.Stage();
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => lane.Commit(late, "png", Uploads.Described, Uploads.Now));
    }

    [Fact]
    public async Task A_failed_commit_reaches_the_one_who_waits_and_the_lane_goes_on()
    {
        using var lane = NewLane();
        var store = _uploads.Store();
        using var staged = store.Stage();
        Directory.CreateSymbolicLink(_uploads["2026"], _uploads.Base);

        await Assert.ThrowsAsync<PosixException>(() => lane.Commit(staged, "png", Uploads.Described, Uploads.Now));
        File.Delete(_uploads["2026"]);
        Assert.NotNull(await lane.Commit(staged, "png", Uploads.Described, Uploads.Now));
    }

    private static CommitLane NewLane() => new(TimeProvider.System, NullLogger<CommitLane>.Instance);

    private static Task<StoredFile> Commit(CommitLane lane, StagedFile staged, int content)
    {
        staged.Append(System.Text.Encoding.ASCII.GetBytes($"{content}"));
        return lane.Commit(staged, "png", Uploads.Described, Uploads.Now);
    }
}
