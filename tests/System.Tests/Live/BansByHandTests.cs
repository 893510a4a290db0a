using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Support;
using Uploader.Shared.Addresses;
using Uploader.Shared.Ledger;

namespace System.Tests.Live;

/// <summary>What an operator bans and lifts with the real command, seen by a client of the real processes.</summary>
public sealed class BansByHandTests
{
    private const string Client = "198.51.100.7";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>From the end of the command.</summary>
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_ban_and_its_lift_are_in_force_within_a_second()
    {
        await using var uploader = await LiveUploader.Start();
        using var client = new Sender(uploader, Client);
        using var neighbour = new Sender(uploader, "198.51.101.7");
        for (var i = 0; i < 3; i++)
        {
            await Ctl(uploader, 0, "bans", "add", i == 1 ? "198.51.100.0/24" : Client, "--for", "1h");
            await Answers(client, HttpStatusCode.Forbidden);
            Assert.Equal(HttpStatusCode.BadRequest, await neighbour.Knock());

            await Ctl(uploader, 0, "bans", "lift", i == 1 ? "198.51.100.0/24" : Client);
            await Answers(client, HttpStatusCode.BadRequest);
        }
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_lifted_client_starts_from_zero_in_every_jail_whoever_restarts(bool web, bool worker)
    {
        await using var uploader = await LiveUploader.Start();
        using var guesser = new Sender(uploader, Client, "wrong");
        using var abuser = new Sender(uploader, Client);
        var ledger = Ledger(uploader);
        for (var i = 0; i < 9; i++)
            Assert.Equal(HttpStatusCode.BadRequest, await abuser.Knock());
        await Until.True(async () => await guesser.Knock() == HttpStatusCode.Forbidden, Limit, "the guesser is banned");

        await Ctl(uploader, 0, "bans", "lift", Client);
        await Answers(guesser, HttpStatusCode.Unauthorized);
        // Failures are kept by the second, and those of the lift's own second are forgiven.
        var lifted = ledger.Run(batch => batch.Bans.Of(Cidr.Parse(Client)).Max(ban => ban.LiftedMs));
        await Until.True(() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000 > lifted / 1000, Limit, "the second of the lift is over");
        // The first answer after the lift may have been one of the five.
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await Judged(ledger, guesser));
            Assert.Equal(HttpStatusCode.BadRequest, await Judged(ledger, abuser));
        }

        if (web)
            await uploader.KillWeb();
        if (worker)
            await uploader.KillWorker();
        if (worker)
            uploader.LaunchWorker();
        if (web)
            uploader.LaunchWeb();
        await uploader.Ready();

        // With the old nine that is far beyond ten; the fifth guess is a ban, as it should be.
        Assert.Equal(HttpStatusCode.BadRequest, await Judged(ledger, abuser));
        Assert.Equal(HttpStatusCode.Unauthorized, await guesser.Knock());
        await Until.True(async () => await guesser.Knock() == HttpStatusCode.Forbidden, Limit, "the fifth failure after the lift is a ban");
        Assert.Equal(0, (await Explained(uploader)).GetProperty("bans")[0].GetProperty("ban").GetProperty("earlierBans").GetInt32());
    }

    [Fact]
    public async Task Bans_before_a_lift_do_not_make_a_client_recidive()
    {
        await using var uploader = await LiveUploader.Start(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Bans:Jails:auth:BanTime"] = "1s",
            ["Bans:Jails:auth:Increment"] = "false",
            ["Bans:Jails:recidive:MaxRetry"] = "2",
        });
        using var guesser = new Sender(uploader, Client, "wrong");
        await Until.True(async () => await guesser.Knock() == HttpStatusCode.Forbidden && await IsInJail("recidive"), Limit, "the second ban is one of recidive");

        await Ctl(uploader, 0, "bans", "lift", Client);
        await Answers(guesser, HttpStatusCode.Unauthorized);
        await Until.True(async () => await guesser.Knock() == HttpStatusCode.Forbidden, Limit, "the next five failures are a ban of auth");

        Assert.False(await IsInJail("recidive"));
        await Until.True(async () => await guesser.Knock() == HttpStatusCode.Unauthorized, Limit, "which ends after its second");

        async Task<bool> IsInJail(string jail) =>
            (await Explained(uploader)).GetProperty("bans").EnumerateArray().Any(ban => ban.GetProperty("ban").GetProperty("jail").GetString() == jail);
    }

    [Fact]
    public async Task A_client_in_an_IPv6_prefix_is_lifted_with_any_address_of_it()
    {
        await using var uploader = await LiveUploader.Start();
        using var guesser = new Sender(uploader, "2001:db8::1", "wrong");
        using var neighbour = new Sender(uploader, "2001:db8::2");
        await Until.True(async () => await guesser.Knock() == HttpStatusCode.Forbidden, Limit, "the guesser is banned");
        Assert.Equal(HttpStatusCode.Forbidden, await neighbour.Knock());

        await Ctl(uploader, 0, "bans", "lift", "2001:db8::3");

        await Answers(neighbour, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Explain_says_what_the_web_process_knows_while_it_runs_hangs_and_is_dead()
    {
        await using var uploader = await LiveUploader.Start();
        await Ctl(uploader, 0, "bans", "add", Client);
        await Until.True(async () => await WebTier() == "current", Limit, "the web process has taken the ban over");

        uploader.Web!.Signal(19);
        await Ctl(uploader, 0, "bans", "lift", Client);
        Assert.Equal("not-yet", await WebTier());
        uploader.Web.Signal(18);
        await Until.True(async () => await WebTier() == "current", Limit, "woken up, it has taken the lift over");

        await uploader.KillWeb();
        Assert.Equal("unknown", await WebTier());
        uploader.LaunchWeb();
        await uploader.Ready();
        await Until.True(async () => await WebTier() == "current", Limit, "the one after it knows it too");

        async Task<string?> WebTier() => (await Explained(uploader)).GetProperty("webTier").GetString();
    }

    private static async Task Answers(Sender client, HttpStatusCode status)
    {
        var began = Stopwatch.GetTimestamp();
        await Until.True(async () => await client.Knock() == status, Second, $"{client.Address} is answered {status}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{status} after {Stopwatch.GetElapsedTime(began).TotalMilliseconds:0} ms");
    }

    private static async Task<string> Ctl(LiveUploader uploader, int status, params string[] words)
    {
        var (exitCode, output) = await uploader.Run("Ctl", words);
        Assert.True(exitCode == status, $"{string.Join(' ', words)} ended with {exitCode}:\n{output}");
        return output;
    }

    private static async Task<JsonElement> Explained(LiveUploader uploader) =>
        JsonDocument.Parse((await uploader.Run("Ctl", "bans", "explain", Client, "-o", "json")).Output).RootElement;

    /// <summary>Fails once more and waits until the worker has judged it, so that the next answer tells what came of it.</summary>
    private static async Task<HttpStatusCode> Judged(LedgerFile ledger, Sender client)
    {
        var newest = ledger.Run(batch => batch.Failures.Newest);
        var status = await client.Knock();
        Assert.NotEqual(HttpStatusCode.Forbidden, status);
        await Until.True(() => ledger.Run(batch => batch.Failures.Newest > newest && batch.Failures.Judged == batch.Failures.Newest), Limit, "the failure is judged");
        return status;
    }

    private static LedgerFile Ledger(LiveUploader uploader) => new(uploader.State, TimeProvider.System, NullLogger<LedgerFile>.Instance);
}
