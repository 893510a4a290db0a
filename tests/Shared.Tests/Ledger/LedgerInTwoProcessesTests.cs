using Support;
using Support.Ledger;

namespace Shared.Tests.Ledger;

public sealed class LedgerInTwoProcessesTests
{
    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("TEST_OF_UPLOADER_KILL_ROUNDS") ?? "8");

    [Fact]
    public async Task Whatever_was_acknowledged_before_a_kill_9_of_either_is_found()
    {
        using var ledger = new TempLedger();
        var said = new Dictionary<string, IReadOnlyList<long>>();
        for (var round = 0; round < Rounds; round++)
        {
            using var web = LedgerHammer.Start(ledger.Directory, $"web-{round}");
            using var worker = LedgerHammer.Start(ledger.Directory, $"worker-{round}");
            await Until.True(() => web.Acknowledged > 10 && worker.Acknowledged > 10, TimeSpan.FromSeconds(20), "both processes write");

            // One dies alone, the other goes on over what it left; each round at other places.
            var (first, second) = round % 2 == 0 ? (web, worker) : (worker, web);
            await Task.Delay(round * 7 % 23, TestContext.Current.CancellationToken);
            said[first.Name] = await first.Kill9();
            var before = second.Acknowledged;
            await Until.True(() => second.Acknowledged > before + 5, TimeSpan.FromSeconds(20), "the one that lives goes on");
            said[second.Name] = await second.Kill9();
        }

        var (found, bans) = ledger.File.Run(batch => (batch.Failures.After(0, int.MaxValue).ToLookup(row => row.Code, row => long.Parse(row.Path)), batch.Bans.Of(Some.Client)));

        Assert.Empty(ledger.Log.Names);
        foreach (var (name, batches) in said)
        {
            var whole = found[name].GroupBy(batch => batch).Where(rows => rows.Count() == 10).Select(rows => rows.Key).ToHashSet();
            // Whole batches and nothing else, and at most the one that was under way when it was killed is more than was said.
            Assert.Equal(found[name].Count(), whole.Count * 10);
            Assert.Superset(batches.ToHashSet(), whole);
            Assert.InRange(whole.Count, batches.Count, batches.Count + 1);
            Assert.Equal(whole, bans.Where(ban => ban.Jail == name).Select(ban => ban.FromMs).ToHashSet());
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{Rounds} rounds, {said.Sum(hammer => hammer.Value.Count)} batches acknowledged and found");
    }
}
