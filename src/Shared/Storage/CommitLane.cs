using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Uploader.Shared.Journal;

namespace Uploader.Shared.Storage;

/// <summary>
/// Threads of its own for commits. An fsync blocks its thread for as long as the disk takes; on the thread pool, which has one a core, two slow
/// ones would stop every other request. Many at once also let the file system merge them into one journal commit.
/// </summary>
internal sealed class CommitLane : IDisposable
{
    private const int Lanes = 16;
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly BlockingCollection<Commission> _waiting = [];
    private readonly Thread[] _threads = new Thread[Lanes];
    private readonly TimeProvider _time;
    private readonly ILogger<CommitLane> _logger;
    private long _lastSlow;

    public CommitLane(TimeProvider time, ILogger<CommitLane> logger)
    {
        (_time, _logger) = (time, logger);
        _lastSlow = time.GetTimestamp() - (long)(Quiet.TotalSeconds * time.TimestampFrequency);
        for (var i = 0; i < Lanes; i++)
        {
            _threads[i] = new Thread(Work) { IsBackground = true, Name = $"commit {i + 1}" };
            _threads[i].Start();
        }
    }

    /// <summary>
    /// Commits on another thread. It cannot be called off: await it before disposing of the staged file, also when the client has left.
    /// </summary>
    /// <exception cref="InvalidOperationException">The lane was stopped.</exception>
    public Task<StoredFile> Commit(StagedFile staged, string extension, FileDescription description, DateTimeOffset now)
    {
        var commission = new Commission(() => staged.Commit(extension, description, now));
        _waiting.Add(commission);
        return commission.Done.Task;
    }

    /// <summary>Takes no more, finishes what was given.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        foreach (var thread in _threads)
            thread.Join();
        _waiting.Dispose();
    }

    private void Work()
    {
        foreach (var commission in _waiting.GetConsumingEnumerable())
        {
            var started = _time.GetTimestamp();
            try
            {
                commission.Done.SetResult(commission.Commit());
            }
            catch (Exception e) // The edge of the thread: every fault belongs to the one who waits.
            {
                commission.Done.SetException(e);
            }

            WarnIfSlow(_time.GetElapsedTime(started));
        }
    }

    // Once a minute at most: a disk that is slow is slow for everybody.
    private void WarnIfSlow(TimeSpan took)
    {
        var last = Volatile.Read(ref _lastSlow);
        if (took >= Slow && _time.GetElapsedTime(last) >= Quiet && Interlocked.CompareExchange(ref _lastSlow, _time.GetTimestamp(), last) == last)
            _logger.SlowSyncs((long)took.TotalMilliseconds);
    }

    private sealed record Commission(Func<StoredFile> Commit)
    {
        // Asynchronously: what comes after an upload's commit belongs on the thread pool, not here.
        public TaskCompletionSource<StoredFile> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
