using System.Globalization;
using System.Text.Json;
using Uploader.Ctl.Commands;
using Uploader.Ctl.Inputs;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;
using Uploader.Shared.Ledger;

namespace Uploader.Ctl.Failures;

/// <summary>Reads a failure that somebody wrote down: <c>TIME ADDRESS KIND [COUNT]</c>, or an object of <c>failures -o json</c>.</summary>
internal static class TrialLine
{
    private const int MostFailures = 1_000_000;

    /// <summary>The failure with its line's number as its row, or what is wrong with it.</summary>
    public static (FailureRow? Failure, string Problem) Read(InputLine line, int ipv6PrefixLength) =>
        line.IsJson ? FromJson(line, ipv6PrefixLength) : FromText(line, ipv6PrefixLength);

    private static (FailureRow?, string) FromText(InputLine line, int ipv6PrefixLength)
    {
        var words = line.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is not (3 or 4))
            return (null, "is not TIME ADDRESS KIND [COUNT]");
        if (!Words.TryTime(words[0], out var at))
            return (null, $"'{words[0]}' is not a time such as 2026-03-01T12:00:00Z");
        var count = 1;
        if (words.Length == 4 && !int.TryParse(words[3], NumberStyles.None, CultureInfo.InvariantCulture, out count))
            return (null, $"'{words[3]}' is not a number of failures");
        return Checked(line, new(at, words[1], words[2], count, "", ""), ipv6PrefixLength);
    }

    private static (FailureRow?, string) FromJson(InputLine line, int ipv6PrefixLength)
    {
        try
        {
            var failure = JsonSerializer.Deserialize(line.Text, FailuresJson.Default.FailureLine)!;
            return Checked(line, failure, ipv6PrefixLength);
        }
        catch (JsonException e)
        {
            return (null, $"is not a failure: {e.Message}");
        }
    }

    private static (FailureRow?, string) Checked(InputLine line, FailureLine failure, int ipv6PrefixLength)
    {
        if (!Cidr.TryParse(failure.Address, out var client))
            return (null, $"'{failure.Address}' is not an address");
        if (failure.Kind is not ("auth" or "abuse"))
            return (null, $"'{failure.Kind}' is not a kind of failure: auth or abuse");
        if (failure.Count is < 1 or > MostFailures)
            return (null, $"{failure.Count} is not a number of failures");
        var row = new FailureRow(
            line.Number, client.AsCounted(ipv6PrefixLength), KindNames.Parse(failure.Kind), failure.At.ToUnixTimeSeconds(), failure.Count, failure.Code ?? "", failure.Path ?? "");
        return (row, "");
    }
}
