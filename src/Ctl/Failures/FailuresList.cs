using System.CommandLine;
using System.Globalization;
using Uploader.Ctl.Commands;
using Uploader.Ctl.Terminals;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;
using Uploader.Shared.Ledger;

namespace Uploader.Ctl.Failures;

/// <summary><c>uploaderctl failures</c>: the refusals that counted against their clients, the newest first.</summary>
internal static class FailuresList
{
    private const int UsualCount = 50;

    public static Command Command(Desk desk)
    {
        var address = new Option<Cidr?>("--address") { Description = "Only those of that client, or of clients in that range.", HelpName = "ADDRESS|CIDR", CustomParser = Words.RangeOrNone };
        var kind = new Option<FailureKind?>("--kind") { Description = "Only those of that kind: no key or a wrong one, or a request that no honest client makes.", HelpName = "auth|abuse" };
        var since = Since.Option("Only failures");
        var count = new Option<int>("--lines", "-n") { Description = "So many at most (default 50).", HelpName = "N", CustomParser = Words.Count, DefaultValueFactory = _ => UsualCount };
        kind.AcceptOnlyFromAmong("auth", "abuse");
        return desk.Does(new Command("failures", "Refusals that counted against their clients, the newest first.") { address, kind, since, count }, (session, words) =>
        {
            var wanted = Read(session, Since.Of(words.GetValue(since), session.Now))
                .Where(row => words.GetValue(kind) is not { } only || row.Kind == only)
                .Where(row => words.GetValue(address) is not { } range || range.AsCounted(session.Options.Proxies.Ipv6PrefixLength).Contains(row.Client))
                .Take(words.GetValue(count));
            return Show(session, [.. wanted.Select(FailureLine.Of)]);
        });
    }

    public static Table Table(IEnumerable<FailureLine> failures, bool withAddress)
    {
        Column[] address = withAddress ? [new("ADDRESS")] : [];
        var table = new Table([new("WHEN (UTC)"), .. address, new("KIND"), new("COUNT", IsNumber: true), new("CODE", MayBeCut: true), new("PATH", MayBeCut: true)]);
        foreach (var failure in failures)
        {
            Cell[] client = withAddress ? [failure.Address] : [];
            table.Add([failure.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), .. client, failure.Kind, $"{failure.Count}", failure.Code, failure.Path]);
        }

        return table;
    }

    private static IEnumerable<FailureRow> Read(Session session, DateTimeOffset? since) =>
        since is { } first ? LatestFailures.Since(session.Ledger, first) : LatestFailures.All(session.Ledger);

    private static int Show(Session session, FailureLine[] failures)
    {
        session.Show(failures, FailuresJson.Default.FailureLineArray, terminal =>
        {
            if (failures.Length == 0)
                terminal.WriteLine("No such failures.");
            else
                Table(failures, withAddress: true).WriteTo(terminal);
        });
        return ExitStatus.Done;
    }
}
