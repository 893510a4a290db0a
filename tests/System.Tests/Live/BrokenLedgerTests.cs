using System.Net;
using System.Security.Cryptography;
using Support;

namespace System.Tests.Live;

/// <summary>Garbage where the ledger was, while both processes run.</summary>
public sealed class BrokenLedgerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Uploads_go_on_bans_stay_new_ones_fall_and_the_operator_hears_of_it()
    {
        // The new ledger has no disk sample until the next look at the disk, and readiness asks for one.
        await using var uploader = await LiveUploader.Start(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Schedule:DiskWatch"] = "1s" });
        using var sender = new Sender(uploader, "192.0.2.1");
        using var banned = new Sender(uploader, "198.51.100.1", "wrong");
        await IsBanned(banned);

        await File.WriteAllBytesAsync(Path.Join(uploader.State, "ledger.db"), RandomNumberGenerator.GetBytes(100_000), TestContext.Current.CancellationToken);
        await Until.True(
            async () =>
            {
                var (status, receipt) = await sender.Upload(Bytes.Png());
                Assert.Equal(HttpStatusCode.Created, status);
                Assert.True(receipt!.IsWhole(uploader));
                Assert.Equal(HttpStatusCode.Forbidden, await banned.Knock());
                return Directory.EnumerateFiles(uploader.State, "ledger.db.corrupt-*").Any();
            },
            Limit,
            "the garbage is moved aside");

        using var second = new Sender(uploader, "198.51.100.2", "wrong");
        await IsBanned(second);
        Assert.Single(Directory.EnumerateFiles(uploader.State, "ledger.db.corrupt-*"));
        var critical = (uploader.Web!.Output + uploader.Worker!.Output).Split('\n').Where(line => line.Contains(" critical ", StringComparison.Ordinal));
        Assert.Contains("The ledger was unreadable", Assert.Single(critical), StringComparison.Ordinal);

        // Written into the new ledger by the worker, which had it in memory: a web process that knows nothing yet reads it there.
        await Until.True(() => uploader.Worker!.Output.Contains("bans in force were written into it again", StringComparison.Ordinal), Limit);
        await uploader.KillWeb();
        uploader.LaunchWeb();
        await uploader.Ready();
        Assert.Equal(HttpStatusCode.Forbidden, await banned.Knock());
        Assert.Equal(HttpStatusCode.Forbidden, await second.Knock());
    }

    private static Task IsBanned(Sender guesser)
        => Until.True(async () => await guesser.Knock() == HttpStatusCode.Forbidden, Limit, $"{guesser.Address} is banned");
}
