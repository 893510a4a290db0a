using System.Text.Json;
using Uploader.Ctl.Commands;
using Uploader.Ctl.Inputs;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;

namespace Uploader.Ctl.Bans;

/// <summary>Reads a ban that another host, another program or a hand wrote down.</summary>
/// <param name="nowMs">From when bans last that say no beginning.</param>
/// <param name="otherwise">How long those last that say no end.</param>
/// <param name="ipv6PrefixLength">How IPv6 clients are counted.</param>
internal sealed class ImportLine(long nowMs, BanTime otherwise, int ipv6PrefixLength)
{
    private const int LongestJail = 32;

    /// <summary>The ban, or what is wrong with the line.</summary>
    public (Ban? Ban, string Problem) Read(InputLine line) => line.IsJson ? FromJson(line) : FromText(line);

    /// <summary><c>ADDRESS|CIDR [DURATION|DATE|forever] [# comment]</c>; other lists have <c>;</c> before theirs.</summary>
    private (Ban?, string) FromText(InputLine line)
    {
        var comment = line.Text.IndexOfAny(['#', ';']);
        var words = (comment < 0 ? line.Text : line.Text[..comment]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is not (1 or 2))
            return (null, "is not ADDRESS [DURATION] [# COMMENT]");
        if (!Cidr.TryParse(words[0], out var client))
            return (null, $"'{words[0]}' is neither an address nor a CIDR range");
        var until = words.Length == 1 ? Ban.End(nowMs, otherwise.Length) : End(words[1]);
        if (until is not { } untilMs)
            return (null, $"'{words[1]}' is neither a duration nor a date");
        return Checked(new Ban(client, Jail.Manual, nowMs, untilMs) { Comment = comment < 0 ? "" : line.Text[(comment + 1)..].Trim() });
    }

    private long? End(string text)
    {
        if (BanTime.TryParse(text, out var length))
            return Ban.End(nowMs, length.Length);
        return Words.TryTime(text, out var date) ? date.ToUnixTimeMilliseconds() : null;
    }

    private (Ban?, string) FromJson(InputLine line)
    {
        BanLine ban;
        try
        {
            ban = JsonSerializer.Deserialize(line.Text, BanLinesJson.Default.BanLine)!;
        }
        catch (JsonException e)
        {
            return (null, $"is not a ban: {e.Message}");
        }

        if (!Cidr.TryParse(ban.Address, out var client))
            return (null, $"'{ban.Address}' is neither an address nor a CIDR range");
        if (ban.Jail is not { Length: > 0 and <= LongestJail } jail || jail.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter != '-'))
            return (null, $"'{ban.Jail}' is no name of a jail");
        return Checked(new Ban(client, jail, ban.From == default ? nowMs : Math.Max(ban.From.ToUnixTimeMilliseconds(), 0), ban.Until?.ToUnixTimeMilliseconds() ?? Ban.Forever)
        {
            Failures = ban.Failures,
            EarlierBans = ban.EarlierBans,
            IsBySweep = ban.By == BanLine.BySweep,
            Comment = ban.Comment ?? "",
            LiftedMs = ban.Lifted?.ToUnixTimeMilliseconds(),
        });
    }

    private (Ban?, string) Checked(Ban ban) => ban.Comment.Length > BanOrder.LongestComment
        ? (null, $"its comment is longer than {BanOrder.LongestComment} characters")
        : (ban with { Client = ban.Client.AsCounted(ipv6PrefixLength) }, "");
}
