using LiteDB;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;

namespace Uploader.Shared.Ledger;

/// <summary>
/// The failures, in the order they were written. Its only index is the number that order gives: it is read from a number on, backwards from the newest,
/// and trimmed from the oldest; a second index would double what an attacker can make us write.
/// </summary>
internal sealed class FailureBook(ILiteCollection<BsonDocument> rows, LedgerMeta meta)
{
    public const string Name = "failures";

    /// <summary>The number of the newest row, 0 when there was none.</summary>
    public long Newest => meta.LastFailure;

    /// <inheritdoc cref="LedgerMeta.JudgedFailure"/>
    public long Judged => meta.JudgedFailure;

    public bool HasWritten { get; private set; }

    /// <summary>Writes rows; their <see cref="FailureRow.Id"/> is given here.</summary>
    public void Append(IEnumerable<FailureRow> failures)
    {
        rows.Insert(failures.Select(ToDocument));
        HasWritten = true;
    }

    public void JudgedThrough(long id) => meta.JudgedThrough(id);

    public IEnumerable<FailureRow> After(long id, int limit) => Rows(rows.Find(Where.Above("_id", id), 0, limit));

    /// <summary>Rows up to and including <paramref name="id"/>, newest first.</summary>
    public IEnumerable<FailureRow> Backwards(long id, int limit)
    {
        var query = Query.All(Query.Descending);
        query.Where.Add(Where.UpTo("_id", id));
        return Rows(rows.Find(query, 0, limit));
    }

    public FailureRow? Find(long id) => rows.FindById(id) is { } document ? FromDocument(document) : null;

    /// <summary>
    /// Deletes from the oldest on: rows beyond <paramref name="keep"/>, and rows from before <paramref name="beforeSeconds"/>. A row from after
    /// <paramref name="afterSeconds"/> was written when the clock was wrong and must not hold up those behind it.
    /// </summary>
    /// <returns>How many; fewer than <paramref name="limit"/> when there was no more to do.</returns>
    public int Trim(long beforeSeconds, long afterSeconds, long keep, int limit)
    {
        var excess = meta.LastFailure - keep;
        var old = rows.Find(Query.All("_id"), 0, limit)
            .TakeWhile(row => Bson.Long(row["_id"]) <= excess || Bson.Long(row["at"]) < beforeSeconds || Bson.Long(row["at"]) > afterSeconds)
            .Select(row => row["_id"]).ToList();
        foreach (var id in old)
            rows.Delete(id);
        if (old.Count > 0)
            meta.Touch();
        return old.Count;
    }

    private BsonDocument ToDocument(FailureRow row) => new()
    {
        ["_id"] = meta.NextFailure(),
        ["at"] = row.AtSeconds,
        ["addr"] = row.Client.ToString(),
        ["kind"] = KindNames.Of(row.Kind),
        ["n"] = row.Count,
        ["code"] = row.Code,
        ["path"] = row.Path,
    };

    private static IEnumerable<FailureRow> Rows(IEnumerable<BsonDocument> documents)
    {
        foreach (var document in documents)
        {
            if (FromDocument(document) is { } row)
                yield return row;
        }
    }

    /// <summary>Null when its address is none: a default in its place would be 0.0.0.0/0, and ban everybody.</summary>
    private static FailureRow? FromDocument(BsonDocument row) => Cidr.TryParse(Bson.Text(row["addr"]), out var client)
        ? new(Bson.Long(row["_id"]), client, KindNames.Parse(Bson.Text(row["kind"])), Bson.Long(row["at"]), Bson.Int(row["n"]), Bson.Text(row["code"]), Bson.Text(row["path"]))
        : null;
}
