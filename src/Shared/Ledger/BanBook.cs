using LiteDB;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;

namespace Uploader.Shared.Ledger;

/// <summary>The bans, those in force and those that were: what changed since one last looked, what an address has behind it.</summary>
internal sealed class BanBook(ILiteCollection<BsonDocument> rows, LedgerMeta meta)
{
    public const string Name = "bans";

    /// <summary>A row of this revision was looked at and left out: no reader asks for anything so old.</summary>
    private const long LeftOut = 0;

    public bool HasWritten { get; private set; }

    /// <summary>The indexes of a new ledger.</summary>
    public void Begin()
    {
        rows.EnsureIndex("rev", "$.rev");
        rows.EnsureIndex("addr", "$.addr");
        rows.EnsureIndex("until", "$.until");
        rows.EnsureIndex("lifted", "$.lifted");
    }

    /// <summary>The ban with its number.</summary>
    public Ban Insert(Ban ban)
    {
        HasWritten = true;
        var id = meta.NextBan();
        rows.Insert(BanRow.ToDocument(ban, id, meta.Revision));
        return ban with { Id = id };
    }

    /// <summary>Every ban of exactly that address or range, in the order they were written.</summary>
    public List<Ban> Of(Cidr client) => [.. Bans(rows.Find(Where.Is("addr", client.ToString()))).OrderBy(ban => ban.Id)];

    /// <summary>Bans in force of wider ranges that hold the client, the narrowest first.</summary>
    public List<Ban> Covering(Cidr client, long nowMs) =>
    [
        .. from less in Enumerable.Range(1, client.PrefixLength)
           from ban in Of(client.Enclosing(client.PrefixLength - less))
           where ban.IsInForce(nowMs)
           select ban,
    ];

    /// <summary>Bans in the order they were written, whether in force or not; fewer than <paramref name="limit"/> mean that there are no more.</summary>
    public List<Ban> After(long id, int limit) => [.. Bans(rows.Find(Where.Above("_id", id), 0, limit))];

    /// <summary>Bans written or changed after that revision, the oldest change first.</summary>
    public IEnumerable<Ban> ChangedSince(long revision) => Bans(rows.Find(Where.Above("rev", revision)));

    /// <summary>
    /// Bans that end after that moment and were not lifted, the next to end first, without their evidence: about <paramref name="atLeast"/>, and all that end together
    /// with the last one, so that one can go on from there. Fewer mean that there are no more.
    /// </summary>
    public List<Ban> EndingAfter(long ms, int atLeast)
    {
        var bans = new List<Ban>();
        foreach (var ban in Bans(rows.Find(Where.Above("until", ms))))
        {
            if (bans.Count >= atLeast && ban.UntilMs != bans[^1].UntilMs)
                break;
            if (ban.IsInForce(ms))
                bans.Add(ban with { Evidence = [] });
        }

        return bans;
    }

    /// <summary>Ends every ban of exactly that address or range that is in force; how many there were.</summary>
    public int Lift(Cidr client, long nowMs)
    {
        var inForce = Of(client).Where(ban => ban.IsInForce(nowMs)).ToList();
        foreach (var ban in inForce)
            rows.Update(BanRow.ToDocument(ban with { LiftedMs = nowMs }, ban.Id, meta.Touch()));
        HasWritten |= inForce.Count > 0;
        return inForce.Count;
    }

    /// <summary>Gives a ban of the book another end or comment, by an operator's hand.</summary>
    public void Amend(Ban ban)
    {
        rows.Update(BanRow.ToDocument(ban with { IsBySweep = false }, ban.Id, meta.Touch()));
        HasWritten = true;
    }

    /// <summary>
    /// Takes the rows that were written by hand, or changed by hand and their <c>rev</c> removed, into the book's order. LiteDB keeps rows without
    /// a field under null, so asking costs one look into the index.
    /// </summary>
    /// <param name="nowMs">From when a ban lasts that says no beginning.</param>
    /// <param name="limit">So many at most.</param>
    /// <param name="ipv6PrefixLength">How IPv6 clients are counted: a ban of one address is in the book as one of its client, where a lift finds it.</param>
    public Adoption Adopt(long nowMs, int limit, int ipv6PrefixLength = 128)
    {
        var byHand = rows.Find(Where.Is("rev", BsonValue.Null), 0, limit).ToList();
        var rejected = new List<string>();
        foreach (var row in byHand)
        {
            if (BanRow.TryReadManual(row, nowMs, out var ban, out var reason))
            {
                // Most tools let LiteDB choose an ObjectId, and an _id cannot be changed in place.
                rows.Delete(row["_id"]);
                Insert(ban with { Client = ban.Client.AsCounted(ipv6PrefixLength), IsBySweep = false });
                continue;
            }

            rejected.Add(reason);
            row["comment"] = $"left out: {reason}";
            row["rev"] = LeftOut;
            meta.Touch();
            rows.Update(row);
        }

        return new(byHand.Count - rejected.Count, rejected, byHand.Count == limit);
    }

    /// <summary>Deletes bans that ended or were lifted before that moment.</summary>
    /// <returns>How many; fewer than <paramref name="limit"/> when there was no more to do.</returns>
    public int Trim(long endedBeforeMs, int limit)
    {
        // Between 0 and the moment, not below it: rows without `until` sort below every number, and they are an operator's to repair. Those that were never lifted sort there too.
        IEnumerable<BsonValue> Before(string end) => rows.Find(Where.Between(end, 0L, endedBeforeMs - 1), 0, limit).Select(row => row["_id"]);
        // In this order: a lift is the end of a record, and must not go before what it ended.
        var ended = Before("until").Concat(Before("lifted")).Distinct().Take(limit).ToList();
        foreach (var id in ended)
            rows.Delete(id);
        if (ended.Count > 0)
            meta.Touch();
        return ended.Count;
    }

    private static IEnumerable<Ban> Bans(IEnumerable<BsonDocument> documents)
    {
        foreach (var document in documents)
        {
            if (BanRow.FromDocument(document) is { } ban)
                yield return ban;
        }
    }
}
