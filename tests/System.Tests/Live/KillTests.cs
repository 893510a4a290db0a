using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Support;

namespace System.Tests.Live;

/// <summary>SIGKILL at any moment, under load: what was acknowledged holds.</summary>
public sealed class KillTests
{
    private const int Rounds = 50;
    private const int Uploaders = 5;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>All that is ever sent, so that every file that is found can be told whole from half.</summary>
    private static readonly byte[][] Contents = [.. Enumerable.Range(0, 8).Select(i => Bytes.Png(1000 << i, i))];

    private readonly ConcurrentBag<Receipt> _receipts = [];
    private readonly List<string> _banned = [];

    [Fact]
    public async Task Fifty_times_either_process_is_killed_and_no_acknowledged_upload_or_ban_is_lost()
    {
        await using var uploader = await LiveUploader.Start();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task[] load = [.. Enumerable.Range(0, Uploaders).Select(i => KeepUploading(uploader, i, over.Token))];
        for (var round = 0; round < Rounds; round++)
        {
            await Round(uploader, round);
        }

        await over.CancelAsync();
        await Task.WhenAll(load);
        await uploader.Ready();

        TestContext.Current.TestOutputHelper?.WriteLine($"{_receipts.Count} acknowledged uploads, {_banned.Count} acknowledged bans, {Rounds} kills");
        Assert.True(_receipts.Count >= Rounds, "too little load to prove anything");
        Assert.All(_receipts, receipt => Assert.True(receipt.IsWhole(uploader), $"{receipt.Path} was acknowledged and is not whole"));
        var whole = Contents.Select(content => Convert.ToHexStringLower(SHA256.HashData(content))).ToHashSet(StringComparer.Ordinal);
        Assert.All(uploader.StoredFiles(), file => Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))), whole));
        await AllBansHold(uploader);
        Assert.Empty(Directory.EnumerateFiles(uploader.State, "*.corrupt-*"));
    }

    /// <summary>One client fails until it is banned while the rest upload; then, or while it still waits for its ban, one process is killed.</summary>
    private async Task Round(LiveUploader uploader, int round)
    {
        using var guesser = new Sender(uploader, $"198.51.100.{round + 1}", "wrong");
        var uploaded = _receipts.Count;
        await FailUntil(guesser, waitsForBan: round % 4 < 2);
        await Until.True(() => _receipts.Count > uploaded, Limit, "uploads go on");
        if (round % 2 == 0)
        {
            await uploader.KillWeb();
            uploader.LaunchWeb();
            await Answers(uploader);
            // Who was shown a 403 is shown it again by the process that came after.
            await AllBansHold(uploader);
        }
        else
        {
            await uploader.KillWorker();
            uploader.LaunchWorker();
        }

        // Its failures were acknowledged with 401; not written yet they may be lost, so it may have to go on.
        await FailUntil(guesser, waitsForBan: true);
        _banned.Add(guesser.Address);
    }

    private static async Task FailUntil(Sender guesser, bool waitsForBan)
    {
        var tries = 0;
        await Until.True(
            async () => await Status(guesser) == HttpStatusCode.Forbidden || (!waitsForBan && ++tries >= 5),
            Limit,
            $"{guesser.Address} is banned");
    }

    private async Task AllBansHold(LiveUploader uploader)
    {
        foreach (var address in _banned)
        {
            using var guesser = new Sender(uploader, address, "wrong");
            Assert.Equal((address, HttpStatusCode.Forbidden), (address, await guesser.Knock()));
        }
    }

    private static async Task Answers(LiveUploader uploader)
    {
        using var client = uploader.NewClient();
        await Until.True(
            async () => uploader.Web!.HasExited
                ? throw new InvalidOperationException($"The web process ended with {await uploader.Web.Exit(Limit)}:\n{uploader.Web.Output}")
                : await LiveUploader.Health(client, "live") == HttpStatusCode.OK,
            Limit,
            "/health/live answers");
    }

    private async Task KeepUploading(LiveUploader uploader, int number, CancellationToken over)
    {
        using var sender = new Sender(uploader, $"192.0.2.{number + 1}");
        for (var i = number; !over.IsCancellationRequested; i++)
        {
            try
            {
                if ((await sender.Upload(Contents[i % Contents.Length])).Receipt is { } receipt)
                {
                    _receipts.Add(receipt);
                }
            }
            catch (HttpRequestException)
            {
                // Killed: not acknowledged. The next one may come while nobody listens.
                await Task.Delay(20, CancellationToken.None);
            }
        }
    }

    private static async Task<HttpStatusCode?> Status(Sender sender)
    {
        try
        {
            return await sender.Knock();
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
