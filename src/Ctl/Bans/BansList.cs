using System.CommandLine;
using System.Text.Json.Serialization;
using Uploader.Ctl.Commands;
using Uploader.Ctl.Terminals;
using Uploader.Shared.Bans;

namespace Uploader.Ctl.Bans;

/// <summary><c>uploaderctl bans list</c>: the bans in force, the next to end first.</summary>
internal static class BansList
{
    public static Command Command(Desk desk) =>
        desk.Does(new Command("list", "The bans in force, the next to end first."), (session, _) => Show(session));

    private static int Show(Session session)
    {
        var now = session.Now;
        var bans = session.Ledger.BansInForce(now.ToUnixTimeMilliseconds()).Select(ban => BanLine.Of(ban)).ToArray();
        session.Show(bans, BansJson.Default.BanLineArray, terminal => Write(terminal, bans, now));
        return ExitStatus.Done;
    }

    private static void Write(Terminal terminal, BanLine[] bans, DateTimeOffset now)
    {
        if (bans.Length == 0)
        {
            terminal.WriteLine("Nobody is banned.");
            return;
        }

        var table = new Table(new("ADDRESS"), new("JAIL"), new("LEFT", IsNumber: true), new("FAILURES", IsNumber: true), new("COMMENT", MayBeCut: true));
        foreach (var ban in bans)
            table.Add(ban.Address, ban.Jail, ban.Until is { } until ? Shown.Span(until - now) : "for ever", $"{ban.Failures}", ban.Comment);
        table.WriteTo(terminal);
    }
}

/// <summary>A ban as programs read it.</summary>
/// <param name="Until">Null is for ever.</param>
internal sealed record BanLine(string Address, string Jail, DateTimeOffset From, DateTimeOffset? Until, int Failures, int EarlierBans, string By, string Comment)
{
    public static BanLine Of(Ban ban) => new(
        ban.Client.ToString(),
        ban.Jail,
        DateTimeOffset.FromUnixTimeMilliseconds(ban.FromMs),
        ban.UntilMs == Ban.Forever ? null : DateTimeOffset.FromUnixTimeMilliseconds(ban.UntilMs),
        ban.Failures,
        ban.EarlierBans,
        ban.IsBySweep ? "sweep" : "operator",
        ban.Comment);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(BanLine[]))]
internal sealed partial class BansJson : JsonSerializerContext;
