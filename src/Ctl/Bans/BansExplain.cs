using System.CommandLine;
using Uploader.Ctl.Commands;
using Uploader.Ctl.Failures;
using Uploader.Ctl.Terminals;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;
using Uploader.Shared.Journal;

namespace Uploader.Ctl.Bans;

/// <summary><c>uploaderctl bans explain</c>: which failures and which rule banned a client, or how far it is from it.</summary>
internal static class BansExplain
{
    public static Command Command(Desk desk)
    {
        var address = new Argument<Cidr>("ADDRESS") { Description = "The client; one IPv6 address is explained with its whole prefix.", CustomParser = Words.Address };
        var command = new Command("explain", "Why a client is banned: the failures, the rule, the length, and whether the web process knows. Ends with 1 when it is not.") { address };
        return desk.Does(command, (session, words) => Explain(session, words.GetValue(address).AsCounted(session.Options.Proxies.Ipv6PrefixLength)));
    }

    private static int Explain(Session session, Cidr client)
    {
        var explanation = Of(session, client);
        session.Show(explanation, ExplanationJson.Default.Explanation, terminal => Write(terminal, explanation, session.Now));
        return explanation.IsBanned ? ExitStatus.Done : ExitStatus.No;
    }

    private static Explanation Of(Session session, Cidr client)
    {
        var (jails, nowMs) = (session.Options.Bans.Jails, session.Now.ToUnixTimeMilliseconds());
        var (history, covering, webTier) = session.Ledger.Run(ledger =>
            (ledger.Bans.Of(client), ledger.Bans.Covering(client, nowMs), WebTiers.Of(ledger, client, session.Options.Ledger.Directory)));
        var inForce = history.Where(ban => ban.IsInForce(nowMs)).Concat(covering).ToList();
        var exempt = BanOrder.ExemptBy(client, session.Options);
        return new Explanation(
            client.ToString(),
            inForce.Count > 0 && exempt is null,
            inForce.Count > 0 ? BanLine.Time(inForce.Max(ban => ban.UntilMs)) : null,
            exempt,
            webTier,
            [.. inForce.Select(ban => ExplainedBan.Of(ban, history, jails))],
            Standing(session, client, history));
    }

    private static JailStanding[] Standing(Session session, Cidr client, List<Ban> history)
    {
        var jails = session.Options.Bans.Jails;
        var now = session.Now;
        var since = now - jails.Select(jail => jail.FindTime).Max();
        var failures = LatestFailures.Since(session.Ledger, since).Where(row => row.Client == client).ToList();
        return [.. jails.Select(jail => JailStanding.Of(jail, Counted(jail, failures, history), history, now.ToUnixTimeSeconds()))];
    }

    private static long[] Counted(Jail jail, IEnumerable<Shared.Ledger.FailureRow> failures, List<Ban> history) =>
    [
        .. failures.Where(row => jail.Kinds.Contains(row.Kind)).SelectMany(row => Enumerable.Repeat(row.AtSeconds, Math.Min(row.Count, jail.MaxRetry))),
        .. jail.Kinds.Contains(FailureKind.Ban) ? BanPolicy.CountedAsFailures(jail, history).Select(ban => ban.FromMs / 1000) : [],
    ];

    private static void Write(Terminal terminal, Explanation explanation, DateTimeOffset now)
    {
        terminal.WriteLine(Verdict(terminal, explanation, now));
        foreach (var ban in explanation.Bans)
            Write(terminal, ban, now);
        terminal.WriteLine();
        Write(terminal, explanation.Standing);
        terminal.WriteLine();
        terminal.WriteLine($"The web process: {Sentence(explanation.WebTier)}");
    }

    private static string Verdict(Terminal terminal, Explanation explanation, DateTimeOffset now)
    {
        if (explanation.Exempt is { } exempt)
            return $"{explanation.Address} is let in whatever the ledger says: {exempt}.";
        if (!explanation.IsBanned)
            return terminal.Paint(Colour.Good, $"{explanation.Address} is not banned.");
        var end = explanation.Until is { } until ? $"until {Shown.Time(until)} ({Shown.Span(until - now)} left)" : "for ever";
        return terminal.Paint(Colour.Bad, $"{explanation.Address} is banned {end}.");
    }

    private static void Write(Terminal terminal, ExplainedBan explained, DateTimeOffset now)
    {
        var ban = explained.Ban;
        terminal.WriteLine();
        terminal.WriteLine(terminal.Paint(Colour.Strong, $"{ban.Address} in jail {OneLine.Escape(ban.Jail)}"));
        terminal.WriteLine($"  from     {Shown.Time(ban.From)} ({Shown.Ago(ban.From, now)})");
        terminal.WriteLine($"  until    {(ban.Until is { } until ? $"{Shown.Time(until)} ({Shown.Span(until - now)} left)" : "lifted by hand only")}");
        terminal.WriteLine($"  because  {Because(explained)}");
        if (explained.Rule is not null)
            terminal.WriteLine($"  length   {explained.Length ?? $"{Length(ban)}, which the jails as they are now do not give: they were changed since"}");
        if (ban.Comment.Length > 0)
            terminal.WriteLine($"  comment  {OneLine.Escape(ban.Comment)}");
        Write(terminal, explained.Evidence);
        foreach (var earlier in explained.LengthenedBy)
            terminal.WriteLine($"  lengthened by the ban in jail {OneLine.Escape(earlier.Jail)} from {Shown.Time(earlier.From)}{(earlier.Until is { } end ? $" until {Shown.Time(end)}" : "")}");
        if (ban.EarlierBans > explained.LengthenedBy.Length)
            terminal.WriteLine($"  lengthened by {ban.EarlierBans - explained.LengthenedBy.Length} earlier bans that the ledger no longer has");
    }

    private static string Because(ExplainedBan explained)
    {
        if (explained.Ban.By == BanLine.ByOperator)
            return "an operator wrote it";
        return $"{explained.Ban.Failures} failures{(explained.Rule is { } rule ? $"; the rule is {rule}" : ", by a jail that is no longer configured")}";
    }

    private static string Length(BanLine ban) => ban.Until is { } until ? Shown.Span(until - ban.From) : "for ever";

    private static void Write(Terminal terminal, FailureLine[] evidence)
    {
        if (evidence.Length == 0)
            return;
        terminal.WriteLine();
        FailuresList.Table(evidence, withAddress: false).WriteTo(terminal);
    }

    private static void Write(Terminal terminal, JailStanding[] standing)
    {
        var table = new Table(new("JAIL"), new("COUNTS"), new("FAILURES", IsNumber: true), new("OF", IsNumber: true), new("WITHIN"), new("NEXT BAN"));
        foreach (var jail in standing)
            table.Add(jail.Jail, string.Join(", ", jail.Kinds), $"{jail.Failures}", $"{jail.MaxRetry}", jail.FindTime, jail.NextBan);
        table.WriteTo(terminal);
    }

    private static string Sentence(WebTier tier) => tier switch
    {
        WebTier.Current => "knows this.",
        WebTier.NotYet => "runs and does not know this yet.",
        _ => "unknown, it is not running or has not read the bans yet.",
    };
}
