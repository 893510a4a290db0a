using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Support;

namespace System.Tests.Machine;

/// <summary>Uploads without a pause, by loopback, by the unix socket and through the web server in front, a connection each, with a book of what came of them.</summary>
internal sealed class Load : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _over = new();
    private readonly ConcurrentBag<(Receipt Receipt, string Sha256)> _receipts = [];
    private readonly ConcurrentBag<string> _cut = [];
    private readonly ConcurrentBag<string> _refused = [];
    private readonly InstalledMachine _installed;
    private readonly Task[] _ways;
    private int _seed;

    public Load(InstalledMachine installed)
    {
        _installed = installed;
        var machine = installed.Machine;
        _ways =
        [
            Keep(new Uri("http://localhost:2424"), _ => machine.NewInsider()),
            Keep(new Uri("http://localhost:2424"), _ => machine.NewInsider()),
            Keep(new Uri("http://localhost"), _ => machine.NewInsider("/run/fileuploader/web.sock")),
            // Many clients, none of which is too fast for the web server.
            Keep(new Uri($"https://{InstalledMachine.Host}"), i => machine.NewClient($"203.0.113.{100 + i % 100}")),
        ];
    }

    /// <summary>Answered with 201.</summary>
    public int Stored => _receipts.Count;

    /// <summary>Connections that ended without an answer, or with the web server's word that the service was cut.</summary>
    public IReadOnlyCollection<string> Cut => _cut;

    /// <summary>Connections that were refused, and any answer but 201: there must be none.</summary>
    public IReadOnlyCollection<string> Refused => _refused;

    /// <summary>Until so many more have been stored.</summary>
    public Task GoesOn(int more = 20)
    {
        var goal = Stored + more;
        return Until.True(() => Stored >= goal, Limit, $"{more} more uploads are stored; cut: {_cut.Count}, refused: {string.Join('\n', _refused.Take(5))}");
    }

    /// <summary>Ends it, and looks at every acknowledged file.</summary>
    public async Task EveryStoredFileIsWhole()
    {
        await _over.CancelAsync();
        await Task.WhenAll(_ways);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Stored} stored, {Cut.Count} cut, {Refused.Count} refused");
        Assert.All(_receipts, stored =>
        {
            Assert.Equal(stored.Sha256, stored.Receipt.Sha256);
            Assert.True(stored.Receipt.IsWholeBelow(_installed.Machine.PathOf("/uploads")), stored.Receipt.Path);
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await Task.WhenAll(_ways);
        _over.Dispose();
    }

    private Task Keep(Uri address, Func<int, HttpClient> newClient) => Task.Run(async () =>
    {
        for (var i = 0; !_over.IsCancellationRequested; i++)
        {
            using var client = newClient(i);
            client.DefaultRequestHeaders.Add("X-API-KEY", _installed.Key);
            await Send(client, address);
        }
    });

    private async Task Send(HttpClient client, Uri address)
    {
        var seed = Interlocked.Increment(ref _seed);
        var content = Bytes.Png(1000 << seed % 9, seed);
        try
        {
            using var form = LiveUploader.Form("a.png", content);
            using var answer = await client.PostAsync(new Uri(address, InstalledMachine.UploadPath), form);
            var body = await answer.Content.ReadAsStringAsync();
            switch (answer.StatusCode)
            {
                case HttpStatusCode.Created:
                    _receipts.Add((Receipt.Of(body), Convert.ToHexStringLower(SHA256.HashData(content))));
                    break;
                // The web server's own answer when the connection to the service was cut. The service's 503 has another sentence.
                case HttpStatusCode.ServiceUnavailable when body.Contains("The service is not there at the moment.", StringComparison.Ordinal):
                    _cut.Add($"{address}: {body}");
                    break;
                default:
                    _refused.Add($"{address}: {(int)answer.StatusCode} {body}");
                    break;
            }
        }
        catch (HttpRequestException e) when (e.InnerException is SocketException)
        {
            // It never came to a connection.
            _refused.Add($"{address}: {e}");
        }
        catch (HttpRequestException e)
        {
            _cut.Add($"{address}: {e.Message} {e.InnerException?.Message}");
        }
    }
}
