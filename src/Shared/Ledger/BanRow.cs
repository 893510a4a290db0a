using System.Collections.Immutable;
using LiteDB;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;

namespace Uploader.Shared.Ledger;

/// <summary>A ban as a document, and what an operator's hand may have left of one.</summary>
internal static class BanRow
{
    /// <summary>Who wrote it.</summary>
    private const string Sweep = "sweep";
    private const string Hand = "manual";

    public static BsonDocument ToDocument(Ban ban, long id, long revision) => new()
    {
        ["_id"] = id,
        ["addr"] = ban.Client.ToString(),
        ["jail"] = ban.Jail,
        ["from"] = ban.FromMs,
        ["until"] = ban.UntilMs,
        ["n"] = ban.EarlierBans,
        ["failures"] = ban.Failures,
        ["evidence"] = new BsonArray(ban.Evidence.Select(ToValue)),
        ["by"] = ban.IsBySweep ? Sweep : Hand,
        ["comment"] = ban.Comment,
        ["lifted"] = ban.LiftedMs is { } lifted ? lifted : BsonValue.Null,
        ["rev"] = revision,
    };

    /// <summary>Null when its <c>addr</c> is no address, which only an edited row can have.</summary>
    public static Ban? FromDocument(BsonDocument row)
    {
        if (!Cidr.TryParse(Bson.Text(row["addr"]), out var client))
            return null;
        return new Ban(client, Bson.Text(row["jail"]), Bson.Long(row["from"]), Bson.Long(row["until"]))
        {
            Id = Bson.Long(row["_id"]),
            EarlierBans = Bson.Int(row["n"]),
            Failures = Bson.Int(row["failures"]),
            Evidence = row["evidence"].IsArray ? [.. row["evidence"].AsArray.Where(line => line.IsDocument).Select(line => ToEvidence(line.AsDocument))] : [],
            IsBySweep = Bson.Text(row["by"]) == Sweep,
            Comment = Bson.Text(row["comment"]),
            LiftedMs = row["lifted"].IsNull ? null : Bson.Long(row["lifted"]),
        };
    }

    /// <summary>A row without <c>rev</c>: an address or range, and an <c>until</c> or <c>duration</c> in any of the forms a hand would write.</summary>
    public static bool TryReadManual(BsonDocument row, long nowMs, out Ban ban, out string reason)
    {
        ban = new Ban(default, Jail.Manual, nowMs, 0);
        reason = "";
        if (!Cidr.TryParse(Bson.Text(row["addr"]).AsSpan().Trim(), out var client))
            reason = $"addr {row["addr"]} is neither an address nor a range";
        else if (ManualEnd.Of(row["until"], row["duration"], FromOf(row, nowMs)) is not { } until)
            reason = $"until {row["until"]}, duration {row["duration"]}: neither says when the ban of {client} ends";
        else
            ban = (FromDocument(row) ?? ban) with
            {
                Client = client,
                Jail = Bson.Text(row["jail"]) is { Length: > 0 } jail ? jail : Jail.Manual,
                FromMs = FromOf(row, nowMs),
                UntilMs = until,
            };
        return reason.Length == 0;
    }

    private static long FromOf(BsonDocument row, long nowMs) => Bson.Long(row["from"], nowMs);

    private static BsonDocument ToValue(Evidence line) => new()
    {
        ["at"] = line.AtSeconds,
        ["kind"] = KindNames.Of(line.Kind),
        ["code"] = line.Code,
        ["path"] = line.Path,
        ["n"] = line.Count,
    };

    private static Evidence ToEvidence(BsonDocument line) =>
        new(Bson.Long(line["at"]), KindNames.Parse(Bson.Text(line["kind"])), Bson.Text(line["code"]), Bson.Text(line["path"]), Bson.Int(line["n"]));
}
