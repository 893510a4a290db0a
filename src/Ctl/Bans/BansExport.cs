using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Uploader.Ctl.Commands;
using Uploader.Shared.Bans;
using Uploader.Shared.Journal;

namespace Uploader.Ctl.Bans;

/// <summary><c>uploaderctl bans export</c>: the bans in force, for <c>bans import</c> on another host or for a firewall.</summary>
internal static class BansExport
{
    private enum Form
    {
        Jsonl,
        List,
    }

    public static Command Command(Desk desk)
    {
        var form = new Option<Form>("--format") { Description = "jsonl: all that is known of each ban, one JSON object a line. list: ADDRESS END [# COMMENT], one a line.", HelpName = "jsonl|list" };
        var command = new Command("export", "The bans in force, one a line, for 'bans import' on another host or for a firewall.") { form };
        return desk.Does(command, (session, words) =>
        {
            foreach (var ban in session.Ledger.BansInForce(session.Now.ToUnixTimeMilliseconds()))
                session.Terminal.WriteLine(words.GetValue(form) == Form.List ? ListLine(ban) : JsonSerializer.Serialize(BanLine.Of(ban), BanLinesJson.Default.BanLine));
            return ExitStatus.Done;
        });
    }

    private static string ListLine(Ban ban)
    {
        var end = BanLine.Time(ban.UntilMs) is { } until ? until.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) : "forever";
        return $"{ban.Client} {end}{(ban.Comment.Length == 0 ? "" : $" # {OneLine.Escape(ban.Comment)}")}";
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BanLine))]
internal sealed partial class BanLinesJson : JsonSerializerContext;
