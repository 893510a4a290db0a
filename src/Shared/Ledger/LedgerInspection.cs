using LiteDB;

namespace Uploader.Shared.Ledger;

/// <summary>Reads and writes everything in a ledger once, to tell a broken file from a broken caller.</summary>
internal static class LedgerInspection
{
    private const int ProbeRows = 100;

    /// <summary>Throws whatever a page that cannot be read makes LiteDB throw: it has no one exception for that.</summary>
    public static void Inspect(LiteDatabase database)
    {
        foreach (var name in (string[])[LedgerMeta.Name, FailureBook.Name, BanBook.Name, StatusBook.Name])
        {
            var rows = database.GetCollection(name);
            var count = rows.FindAll().Count();
            foreach (var index in (string[])(name == BanBook.Name ? ["rev", "addr", "until"] : ["_id"]))
            {
                var indexed = rows.Find(Query.All(index)).Count();
                if (indexed != count)
                    throw new InvalidDataException($"{name} holds {count} documents, its index {index} {indexed}");
            }

            // Free pages and free slots are only met by whoever writes.
            foreach (var i in Enumerable.Range(0, ProbeRows))
                rows.Insert(new BsonDocument { ["_id"] = $"probe-{i}", ["rev"] = -1L, ["text"] = new string('.', 200) });
            foreach (var i in Enumerable.Range(0, ProbeRows))
                rows.Delete($"probe-{i}");
        }
    }
}
