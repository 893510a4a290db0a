using System.Runtime.InteropServices;
using System.Threading.Channels;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;
using Uploader.Shared.Journal;
using Uploader.Shared.Ledger;
using Uploader.Web.Health;

namespace Uploader.Web.Banning;

/// <summary>Takes failures from requests without ever making one wait, sums them per client, kind and second, and writes them to the ledger in batches.</summary>
internal sealed class FailureRecorder : BackgroundService
{
    private const int DefaultCapacity = 100_000;
    private const int RowsAtATime = 1_000;
    private const int LongestText = 200;

    private static readonly TimeSpan BatchEvery = TimeSpan.FromMilliseconds(50);

    // In a flood batches get fewer and larger. Each is synced by both processes, and honest uploads wait for the same disk: at 2,000 failures a second
    // they lost a third of their pace to batches every 50 ms.
    private static readonly TimeSpan FloodBatchEvery = TimeSpan.FromMilliseconds(200);
    private const int FloodRows = 50;
    private static readonly TimeSpan RetryEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan TellOfDropsEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FlushFor = TimeSpan.FromSeconds(2);

    private readonly LedgerFile _ledger;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly int _capacity;
    private readonly Channel<Failure> _failures;

    // Read from the channel and not yet in the ledger. Bounded like it: in a long outage the sums stay, and what is new is dropped and counted.
    private readonly Dictionary<(Cidr Client, FailureKind Kind, long AtSeconds), Sum> _pending = [];

    private Task? _nextFailure;
    private long _dropped;
    private long _droppedTold;
    private long? _toldAt;

    public FailureRecorder(LedgerFile ledger, TimeProvider time, ILogger<FailureRecorder> logger)
        : this(ledger, time, logger, DefaultCapacity)
    {
    }

    internal FailureRecorder(LedgerFile ledger, TimeProvider time, ILogger<FailureRecorder> logger, int capacity)
    {
        _ledger = ledger;
        _time = time;
        _logger = logger;
        _capacity = capacity;
        _failures = Channel.CreateBounded<Failure>(new BoundedChannelOptions(capacity) { SingleReader = true });
        Sign = new LoopSign(time);
    }

    public LoopSign Sign { get; }

    /// <summary>How many were dropped since the start.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Never blocks. When the ledger cannot keep up for long enough the failure is dropped and counted.</summary>
    public void Report(Failure failure)
    {
        // A path is as long as a client likes, and would be kept alive as long as the ledger is full.
        var bounded = failure with { Code = Bounded(failure.Code), Path = Bounded(failure.Path) };
        if (!_failures.Writer.TryWrite(bounded))
            Interlocked.Increment(ref _dropped);
    }

    /// <summary>Takes no more, and writes what there is, for two seconds at most.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _failures.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
        // Not at the end of ExecuteAsync: a host that is stopped at once never runs it.
        if (ExecuteTask is null or { IsCompleted: true })
            await FlushAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            Sign.ComeRound();
            if (_pending.Count == 0)
                await SomethingToDoAsync(stoppingToken);
            SumUp();
            var pause = _pending.Count < FloodRows ? BatchEvery : FloodBatchEvery;
            var isWritten = TryWrite();
            TellOfDrops(isLast: false);

            // The first failure after a quiet time is written at once, those behind it wait for each other.
            await Task.Delay(isWritten ? pause : RetryEvery, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Waits for a failure, but no longer than until drops may have to be told, and a quiet loop has to show that it comes round.</summary>
    private async Task SomethingToDoAsync(CancellationToken cancellation)
    {
        // One wait for as long as it lasts: the channel keeps each until a failure comes, which may be never.
        _nextFailure ??= _failures.Reader.WaitToReadAsync(cancellation).AsTask();
        await _nextFailure.WaitAsync(TellOfDropsEvery, _time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_nextFailure.IsCompleted)
            _nextFailure = null;
    }

    private void SumUp()
    {
        while (_pending.Count < _capacity && _failures.Reader.TryRead(out var failure))
        {
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_pending, (failure.Client, failure.Kind, failure.At.ToUnixTimeSeconds()), out var isThere);
            sum = isThere ? sum with { Count = sum.Count + 1 } : new Sum(1, failure.Code, failure.Path);
        }
    }

    /// <summary>Whether everything pending is in the ledger; what is not stays pending.</summary>
    private bool TryWrite()
    {
        var rows = _pending.OrderBy(sum => sum.Key.AtSeconds)
            .Select(sum => new FailureRow(0, sum.Key.Client, sum.Key.Kind, sum.Key.AtSeconds, sum.Value.Count, sum.Value.Code, sum.Value.Path));
        try
        {
            // A thousand at a time: the sweep, which waits for the same lock, shall judge the first before the last are written.
            foreach (var chunk in rows.ToArray().Chunk(RowsAtATime))
            {
                _ledger.Run(ledger => ledger.Failures.Append(chunk));
                foreach (var row in chunk)
                    _pending.Remove((row.Client, row.Kind, row.AtSeconds));
                Sign.ComeRound();
            }

            return true;
        }
        catch (LedgerUnavailableException)
        {
            // Logged where it happened, once; tried again.
            return false;
        }
        catch (Exception e)
        {
            // The edge of the loop: failures that are no longer counted are an open door.
            _logger.JobFailed(nameof(FailureRecorder), e);
            return false;
        }
    }

    private async Task FlushAsync()
    {
        var began = _time.GetTimestamp();
        do
        {
            SumUp();
            if (TryWrite() && !_failures.Reader.TryPeek(out _))
                break;
            await Task.Delay(BatchEvery, CancellationToken.None);
        }
        while (_time.GetElapsedTime(began) < FlushFor);

        Interlocked.Add(ref _dropped, _pending.Values.Sum(sum => (long)sum.Count) + _failures.Reader.Count);
        TellOfDrops(isLast: true);
    }

    private void TellOfDrops(bool isLast)
    {
        var untold = Dropped - _droppedTold;
        if (untold == 0 || (!isLast && _toldAt is { } at && _time.GetElapsedTime(at) < TellOfDropsEvery))
            return;
        _logger.FailuresDropped(untold);
        _droppedTold += untold;
        _toldAt = _time.GetTimestamp();
    }

    private static string Bounded(string text) => text.Length <= LongestText ? text : text[..LongestText];

    private readonly record struct Sum(int Count, string Code, string Path);
}
