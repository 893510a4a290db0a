using System.CommandLine;
using System.Text.Json.Serialization;
using Uploader.Ctl.Commands;
using Uploader.Ctl.Inputs;
using Uploader.Shared.Bans;

namespace Uploader.Ctl.Bans;

/// <summary><c>uploaderctl bans import</c>: bans from another host, or from a list of addresses.</summary>
internal static class BansImport
{
    public static Command Command(Desk desk)
    {
        var file = new Argument<string>("FILE") { Description = "What 'bans export' or 'bans list -o json' printed, or addresses and ranges, one a line: ADDRESS [DURATION|DATE|forever] [# COMMENT]; - is standard input." };
        var length = new Option<BanTime?>("--for") { Description = "How long those are banned whose line does not say it (default forever).", HelpName = "DURATION", CustomParser = Words.BanTime };
        var skip = new Option<bool>("--skip-bad") { Description = "Leave out the lines that are wrong; without it one wrong line imports nothing." };
        var force = new Option<bool>("--force") { Description = "Also ranges wider than /8 (IPv6: /19), or that hold addresses which are never banned." };
        var command = new Command("import", "Bans from another host or from a list; imported twice, they are there once.") { file, length, skip, force };
        return desk.Does(command, (session, words, cancellation) =>
        {
            var lines = new ImportLine(session.Now.ToUnixTimeMilliseconds(), words.GetValue(length) ?? BanTime.Forever, session.Options.Proxies.Ipv6PrefixLength);
            var (bans, bad) = Read(session, InputLines.Read(session, words.GetValue(file)!), lines, words.GetValue(force));
            foreach (var line in bad)
                session.Terminal.Complain($"line {line.Line}: {line.Problem}");
            if (bad.Count > 0 && !words.GetValue(skip))
                throw new NotDoneException($"{bad.Count} bad lines: nothing was imported. Say --skip-bad to import the others", ExitStatus.No);
            return Import(session, bans, bad, cancellation);
        });
    }

    private static (List<Ban> Bans, List<BadLine> Bad) Read(Session session, IEnumerable<InputLine> input, ImportLine reader, bool isForced)
    {
        var (bans, bad) = (new List<Ban>(), new List<BadLine>());
        foreach (var line in input)
        {
            var (ban, problem) = reader.Read(line);
            if (ban is not null && BanOrder.Objection(ban.Client, session.Options, isForced) is { } objection)
                bad.Add(new(line.Number, objection));
            else if (ban is null)
                bad.Add(new(line.Number, problem));
            else
                bans.Add(ban);
        }

        return (bans, bad);
    }

    private static async Task<int> Import(Session session, List<Ban> bans, List<BadLine> bad, CancellationToken cancellation)
    {
        var nowMs = session.Now.ToUnixTimeMilliseconds();
        var inForce = bans.Where(ban => ban.IsInForce(nowMs)).ToList();
        var written = await Batches.Write(session.Ledger, inForce, (ledger, ban) => BanOrder.Write(ledger, ban, nowMs, mayShorten: false), cancellation);
        var result = new ImportResult(
            written.Count(one => one == Written.New),
            written.Count(one => one == Written.Amended),
            written.Count(one => one == Written.WasThere),
            bans.Count - inForce.Count,
            [.. bad]);
        session.Show(result, ImportJson.Default.ImportResult, terminal => terminal.WriteLine(
            $"{result.Imported} bans imported, {result.Extended} that were there have a later end now, {result.WereThere} were there, {result.Ended} have ended, {bad.Count} lines left out."));
        return ExitStatus.Done;
    }
}

/// <summary>What an import did, as programs read it.</summary>
/// <param name="Imported">New bans.</param>
/// <param name="Extended">Bans that were there and have a later end now.</param>
/// <param name="WereThere">Bans that were there and end no earlier.</param>
/// <param name="Ended">Bans of the file that have ended or were lifted.</param>
/// <param name="BadLines">That were left out.</param>
internal sealed record ImportResult(int Imported, int Extended, int WereThere, int Ended, BadLine[] BadLines);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ImportResult))]
internal sealed partial class ImportJson : JsonSerializerContext;
