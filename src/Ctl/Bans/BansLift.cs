using System.CommandLine;
using Uploader.Ctl.Commands;
using Uploader.Ctl.Terminals;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;
using Uploader.Shared.Journal;
using Uploader.Shared.Ledger;

namespace Uploader.Ctl.Bans;

/// <summary><c>uploaderctl bans lift</c>: lets a client in again, and forgives what it did until then.</summary>
internal static class BansLift
{
    public static Command Command(Desk desk)
    {
        var range = new Argument<Cidr?>("ADDRESS|CIDR")
        {
            Description = "Whom to let in again: the client, or exactly the range, that 'bans list' shows.",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = Words.RangeOrNone,
        };
        var within = new Option<bool>("--within") { Description = "Also every ban of an address or range inside the CIDR." };
        var all = new Option<bool>("--all") { Description = "Every ban in force." };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask before --all." };
        var command = new Command("lift", "Lets a client in again within a second; it starts from zero, in every jail.") { range, within, all, yes };
        command.Validators.Add(words =>
        {
            if (words.GetResult(range) is null or { Tokens.Count: 0 } == !words.GetValue(all))
                words.AddError("Say whose ban to lift, or --all.");
        });
        return desk.Does(command, (session, words, cancellation) => words.GetValue(range) is { } asked
            ? LiftOne(session, asked.AsCounted(session.Options.Proxies.Ipv6PrefixLength), words.GetValue(within), cancellation)
            : LiftAll(session, words.GetValue(yes), cancellation));
    }

    private static async Task<int> LiftOne(Session session, Cidr client, bool within, CancellationToken cancellation)
    {
        var nowMs = session.Now.ToUnixTimeMilliseconds();
        var (lifted, covering) = session.Ledger.Run(ledger => (Lift(ledger, client, nowMs), ledger.Bans.Covering(client, nowMs)));
        if (within)
            lifted.AddRange(await Lift(session, InForce(session).Where(client.Contains), cancellation));
        Tell(session, lifted, covering);
        if (lifted.Count == 0)
            session.Terminal.Complain($"{client} is not banned{(covering.Count > 0 ? " on its own" : "")}: nothing was lifted");
        return lifted.Count > 0 && covering.Count == 0 ? ExitStatus.Done : ExitStatus.No;
    }

    private static async Task<int> LiftAll(Session session, bool isAgreed, CancellationToken cancellation)
    {
        var clients = InForce(session).ToList();
        if (clients.Count > 0)
            session.Terminal.Confirm($"Let in again all {clients.Count} clients and ranges that are banned?", isAgreed);
        var lifted = await Lift(session, clients, cancellation);
        session.Show(Lifting.Of(lifted, []), BansJson.Default.Lifting, terminal => terminal.WriteLine($"{lifted.Count} bans are lifted."));
        if (lifted.Count == 0)
            session.Terminal.Complain("nobody is banned: nothing was lifted");
        return lifted.Count > 0 ? ExitStatus.Done : ExitStatus.No;
    }

    private static IEnumerable<Cidr> InForce(Session session) =>
        session.Ledger.BansInForce(session.Now.ToUnixTimeMilliseconds()).Select(ban => ban.Client).Distinct();

    private static async Task<List<Ban>> Lift(Session session, IEnumerable<Cidr> clients, CancellationToken cancellation)
    {
        var nowMs = session.Now.ToUnixTimeMilliseconds();
        var lifted = await Batches.Write(session.Ledger, [.. clients], (ledger, client) => Lift(ledger, client, nowMs), cancellation);
        return [.. lifted.SelectMany(bans => bans)];
    }

    /// <summary>The bans that were in force.</summary>
    private static List<Ban> Lift(LedgerBatch ledger, Cidr client, long nowMs)
    {
        var bans = ledger.Bans.Of(client).Where(ban => ban.IsInForce(nowMs)).ToList();
        ledger.Bans.Lift(client, nowMs);
        return bans;
    }

    private static void Tell(Session session, List<Ban> lifted, List<Ban> covering) => session.Show(Lifting.Of(lifted, covering), BansJson.Default.Lifting, terminal =>
    {
        foreach (var ban in lifted)
            terminal.WriteLine($"The ban of {Name(ban)} is lifted.");
        foreach (var ban in covering)
            terminal.WriteLine(terminal.Paint(Colour.Warning, $"The ban of {Name(ban)} still keeps it out: lift {ban.Client} to let in all of it."));
    });

    private static string Name(Ban ban) =>
        $"{ban.Client} by jail {OneLine.Escape(ban.Jail)}, {(BanLine.Time(ban.UntilMs) is { } until ? $"until {Shown.Time(until)}" : "for ever")},";
}

/// <summary>What a lift did, as programs read it.</summary>
/// <param name="Lifted">As they were before.</param>
/// <param name="StillBannedBy">Ranges that hold the client and keep it out as before.</param>
internal sealed record Lifting(BanLine[] Lifted, BanLine[] StillBannedBy)
{
    public static Lifting Of(IEnumerable<Ban> lifted, IEnumerable<Ban> covering) => new([.. lifted.Select(BanLine.Of)], [.. covering.Select(BanLine.Of)]);
}
