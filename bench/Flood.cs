using System.Diagnostics;
using System.Net;

namespace Uploader.Bench;

/// <summary>
/// Requests at an even rate from many clients, each at random. A client that was banned makes room for a fresh one, so that the rate stays one
/// of failures and does not become one of bans.
/// </summary>
internal sealed class Flood : IAsyncDisposable
{
    public const int PerSecond = 2_000;
    public const int Clients = 10_000;

    private const int Connections = 32;
    private const int Forbidden = 403;
    private const int RateLimited = 429;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly Func<string, byte[]> _request;
    private readonly byte[][] _clients;
    private readonly Func<string> _fresh;
    private readonly SemaphoreSlim _due = new(0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task[] _work;
    private readonly long _began = Stopwatch.GetTimestamp();
    private int _answered;
    private int _banned;
    private TimeSpan _lasted;

    private Flood(IPEndPoint server, Func<string, byte[]> request, Func<string> fresh)
    {
        (_request, _fresh) = (request, fresh);
        _clients = [.. Enumerable.Range(0, Clients).Select(_ => request(fresh()))];
        _work = [Pace(), .. Enumerable.Range(0, Connections).Select(i => Send(server, i))];
    }

    public double AnsweredPerSecond => _answered / _lasted.TotalSeconds;

    public int Banned => _banned;

    /// <param name="server">Where to.</param>
    /// <param name="request">The request of the client whose address is given.</param>
    /// <param name="fresh">An address that was not seen before.</param>
    public static Flood Start(IPEndPoint server, Func<string, byte[]> request, Func<string> fresh) => new(server, request, fresh);

    public async ValueTask DisposeAsync()
    {
        _lasted = Stopwatch.GetElapsedTime(_began);
        await _end.CancelAsync();
        await Task.WhenAll(_work);
        _end.Dispose();
        _due.Dispose();
    }

    private async Task Pace()
    {
        using var timer = new PeriodicTimer(Tick);
        long released = 0;
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                var due = (long)(Stopwatch.GetElapsedTime(_began).TotalSeconds * PerSecond) - released;
                // What could not be sent in time is not sent in a burst later: the rate reached is printed.
                if (due > 0 && _due.CurrentCount < PerSecond / 10)
                    _due.Release((int)due);
                released += due;
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private async Task Send(IPEndPoint server, int connection)
    {
        using var wire = new Wire(server);
        // Own steps for each connection through all clients: as good as random here, and the same in every run.
        var at = (uint)connection * 2_654_435_761;
        try
        {
            while (true)
            {
                await _due.WaitAsync(_end.Token);
                at = (at * 1_664_525) + 1_013_904_223;
                var client = (int)((ulong)at * Clients >> 32);
                var status = await wire.Ask(_clients[client]);
                if (status == RateLimited)
                    throw new InvalidOperationException("The flood was rate-limited; raise Limits:Rate.");
                Interlocked.Increment(ref _answered);
                if (status != Forbidden)
                    continue;
                Interlocked.Increment(ref _banned);
                _clients[client] = _request(_fresh());
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }
}
