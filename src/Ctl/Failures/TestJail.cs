using System.CommandLine;
using System.Globalization;
using Uploader.Ctl.Bans;
using Uploader.Ctl.Commands;
using Uploader.Ctl.Inputs;
using Uploader.Ctl.Terminals;
using Uploader.Shared.Bans;
using Uploader.Shared.Ledger;

namespace Uploader.Ctl.Failures;

/// <summary><c>uploaderctl test-jail</c>: what the jails would make of a file of failures, as fail2ban-regex(1) does it for filters.</summary>
internal static class TestJail
{
    private const int LinesShown = 10;

    public static Command Command(Desk desk)
    {
        var file = new Argument<string>("FILE") { Description = "Failures, one a line: TIME ADDRESS KIND [COUNT] (2026-03-01T12:00:00Z 203.0.113.7 auth 3), or what 'failures -o json' prints; - is standard input." };
        var jail = new Option<string?>("--jail") { Description = "Show only the bans of that jail.", HelpName = "NAME" };
        var command = new Command("test-jail", "Replays a file of failures through the jails as they are configured, and bans nobody. Ends with 1 when no ban would fall.") { file, jail };
        return desk.Does(command, (session, words) =>
        {
            var name = words.GetValue(jail);
            if (name is not null && session.Options.Bans.Jails.All(known => known.Name != name))
                throw new NotDoneException($"there is no jail '{name}': {string.Join(", ", session.Options.Bans.Jails.Select(known => known.Name))}", ExitStatus.Usage);
            return Show(session, Try(session, InputLines.Read(session, words.GetValue(file)!), name));
        });
    }

    private static TrialReport Try(Session session, IEnumerable<InputLine> input, string? jail)
    {
        var (lines, bad, rows) = (0, new List<BadLine>(), new List<FailureRow>());
        foreach (var line in input)
        {
            lines++;
            var (failure, problem) = TrialLine.Read(line, session.Options.Proxies.Ipv6PrefixLength);
            if (failure is { } row)
                rows.Add(row);
            else
                bad.Add(new(line.Number, problem));
        }

        var exempt = session.Options.NeverBanned;
        var sentences = new Trial(rows).Hold(new BanCourt(session.Options.Bans.Jails, exempt, () => 0)).Where(sentence => jail is null || sentence.Ban.Jail == jail).ToList();
        var earning = sentences.SelectMany(sentence => sentence.Lines).ToHashSet();
        return new TrialReport(
            lines,
            [.. bad],
            Count(rows),
            Count(rows.Where(row => exempt.Overlaps(row.Client))),
            Count(rows.Where(row => !earning.Contains(row.Id))),
            [.. sentences.Select(sentence => BanOf(sentence.Ban, sentence.Lines))]);
    }

    private static long Count(IEnumerable<FailureRow> rows) => rows.Sum(row => (long)row.Count);

    private static TrialBan BanOf(Ban ban, long[] lines) => new(
        ban.Client.ToString(), ban.Jail, DateTimeOffset.FromUnixTimeMilliseconds(ban.FromMs), BanLine.Time(ban.UntilMs), ban.Failures, ban.EarlierBans, lines);

    private static int Show(Session session, TrialReport report)
    {
        session.Show(report, FailuresJson.Default.TrialReport, terminal => Write(terminal, report, session.Options.Bans.Jails.Any(jail => jail.RndTime > TimeSpan.Zero)));
        return report.Bans.Length > 0 ? ExitStatus.Done : ExitStatus.No;
    }

    private static void Write(Terminal terminal, TrialReport report, bool isRandom)
    {
        foreach (var bad in report.BadLines)
            terminal.Complain($"line {bad.Line}: {bad.Problem}");
        if (report.Bans.Length > 0)
            TableOf(report.Bans).WriteTo(terminal);
        terminal.WriteLine(
            $"{report.Lines} lines, {report.BadLines.Length} bad; {report.Failures} failures, {report.Exempt} of clients that are never banned; "
            + $"{report.Bans.Length} bans, {report.ToNothing} failures led to none.");
        if (isRandom)
            terminal.WriteLine("Lengthened bans get a random part on top, up to RndTime.");
    }

    private static Table TableOf(TrialBan[] bans)
    {
        var table = new Table(new("FROM (UTC)"), new("ADDRESS"), new("JAIL"), new("FOR", IsNumber: true), new("FAILURES", IsNumber: true), new("EARLIER", IsNumber: true), new("LINES", MayBeCut: true));
        foreach (var ban in bans)
        {
            table.Add(
                ban.From.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), ban.Address, ban.Jail,
                ban.Until is { } until ? Shown.Span(until - ban.From) : "for ever", $"{ban.Failures}", $"{ban.EarlierBans}", Written(ban.Lines));
        }

        return table;
    }

    private static string Written(long[] lines) => lines.Length <= LinesShown
        ? string.Join(',', lines)
        : $"{string.Join(',', lines.Take(LinesShown))} and {lines.Length - LinesShown} more";
}
