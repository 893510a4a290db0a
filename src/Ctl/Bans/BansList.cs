using System.CommandLine;
using Uploader.Ctl.Commands;
using Uploader.Ctl.Terminals;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;
using Uploader.Shared.Ledger;

namespace Uploader.Ctl.Bans;

/// <summary><c>uploaderctl bans list</c>: the bans in force, the next to end first.</summary>
internal static class BansList
{
    private const int RowsAtATime = 2_000;

    private enum Order
    {
        End,
        Start,
        Address,
    }

    public static Command Command(Desk desk)
    {
        var all = new Option<bool>("--all", "-a") { Description = "Those that ended or were lifted too, as far back as the ledger remembers." };
        var jail = new Option<string?>("--jail") { Description = "Only the bans of that jail; 'manual' has the operators' own.", HelpName = "NAME" };
        var address = new Option<Cidr?>("--address") { Description = "Only the bans that hold the address, or lie in the range.", HelpName = "ADDRESS|CIDR", CustomParser = Words.RangeOrNone };
        var sort = new Option<Order>("--sort") { Description = "What comes first: the next to end, the newest, or the lowest address.", HelpName = "end|start|address" };
        return desk.Does(new Command("list", "The bans in force, the next to end first.") { all, jail, address, sort }, (session, words) =>
        {
            var wanted = Read(session, words.GetValue(all)).Where(IsWanted(words.GetValue(jail), words.GetValue(address)));
            return Show(session, [.. Sorted(wanted, words.GetValue(sort)).Select(BanLine.Of)], words.GetValue(all));
        });
    }

    /// <summary>Every ban the ledger remembers, a few thousand a hold of its lock.</summary>
    public static IEnumerable<Ban> Remembered(LedgerFile ledger)
    {
        for (long last = 0; ;)
        {
            var after = last;
            var bans = ledger.Run(batch => batch.Bans.After(after, RowsAtATime));
            foreach (var ban in bans)
                yield return ban;
            if (bans.Count < RowsAtATime)
                yield break;
            last = bans[^1].Id;
        }
    }

    private static IEnumerable<Ban> Read(Session session, bool all) =>
        all ? Remembered(session.Ledger) : session.Ledger.BansInForce(session.Now.ToUnixTimeMilliseconds());

    private static Func<Ban, bool> IsWanted(string? jail, Cidr? address) => ban =>
        (jail is null || ban.Jail == jail) && (address is not { } range || ban.Client.Contains(range) || range.Contains(ban.Client));

    private static IEnumerable<Ban> Sorted(IEnumerable<Ban> bans, Order order) => order switch
    {
        Order.Start => bans.OrderByDescending(ban => ban.FromMs),
        Order.Address => bans.Order(ByAddress),
        _ => bans.OrderBy(ban => ban.EndMs),
    };

    private static Comparer<Ban> ByAddress { get; } = Comparer<Ban>.Create((one, other) =>
        one.Client.IsIpv6 == other.Client.IsIpv6
            ? one.Client.FirstAddress.GetAddressBytes().AsSpan().SequenceCompareTo(other.Client.FirstAddress.GetAddressBytes())
            : one.Client.IsIpv6.CompareTo(other.Client.IsIpv6));

    private static int Show(Session session, BanLine[] bans, bool all)
    {
        session.Show(bans, BansJson.Default.BanLineArray, terminal => Write(terminal, bans, session.Now, all));
        return ExitStatus.Done;
    }

    private static void Write(Terminal terminal, BanLine[] bans, DateTimeOffset now, bool all)
    {
        if (bans.Length == 0)
        {
            terminal.WriteLine(all ? "The ledger remembers no such ban." : "Nobody is banned.");
            return;
        }

        var table = new Table(
            new("ADDRESS"), new("JAIL"), new("LEFT", IsNumber: !all), new("FAILURES", IsNumber: true), new("EARLIER", IsNumber: true), new("COMMENT", MayBeCut: true));
        foreach (var ban in bans)
            table.Add(ban.Address, ban.Jail, Left(ban, now), $"{ban.Failures}", $"{ban.EarlierBans}", ban.Comment);
        table.WriteTo(terminal);
    }

    private static Cell Left(BanLine ban, DateTimeOffset now)
    {
        if (ban.Lifted is { } lifted)
            return new Cell($"lifted {Shown.Ago(lifted, now)}", Colour.Faint);
        if (ban.Until is not { } until)
            return "for ever";
        return until > now ? Shown.Span(until - now) : new Cell($"ended {Shown.Ago(until, now)}", Colour.Faint);
    }
}
