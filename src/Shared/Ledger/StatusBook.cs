using LiteDB;

namespace Uploader.Shared.Ledger;

/// <summary>What the processes tell each other and the operator, one document a subject, always the latest.</summary>
internal sealed class StatusBook(ILiteCollection<BsonDocument> rows, LedgerMeta meta)
{
    public const string Name = "status";
    private const string DiskId = "disk";
    private const string WorkerId = "worker";
    private const string WebId = "web";

    /// <summary>Whether something was written that the web process waits for. What only an operator will read wakes nobody.</summary>
    public bool HasNewsForWeb { get; private set; }

    public void PutDisk(DiskSample sample)
    {
        Put(DiskId, new BsonDocument
        {
            ["used"] = sample.UsedBytes,
            ["files"] = sample.Files,
            ["free"] = sample.FreeBytes,
            ["level"] = sample.Level,
            ["walkStartedMonotonic"] = sample.WalkStartedMonotonic,
            ["at"] = sample.At.ToUnixTimeMilliseconds(),
            ["rev"] = meta.Touch(),
        });
        HasNewsForWeb = true;
    }

    public DiskSample? FindDisk() => rows.FindById(DiskId) is not { } row
        ? null
        : new(Bson.Long(row["used"]), Bson.Long(row["files"]), Bson.Long(row["free"]), Bson.Text(row["level"]), Bson.Long(row["walkStartedMonotonic"]), DateTimeOffset.FromUnixTimeMilliseconds(Bson.Long(row["at"])));

    // Without a revision: nobody asks what changed in them, and whoever asks what changed need not look for it because of them.
    public void PutWorker(WorkerStatus status) => Put(WorkerId, StatusRow.ToDocument(status));

    public WorkerStatus? FindWorker() => rows.FindById(WorkerId) is { } row ? StatusRow.ToWorker(row) : null;

    public void PutWeb(WebStatus status) => Put(WebId, StatusRow.ToDocument(status));

    public WebStatus? FindWeb() => rows.FindById(WebId) is { } row ? StatusRow.ToWeb(row) : null;

    private void Put(string id, BsonDocument document)
    {
        document["_id"] = id;
        rows.Upsert(document);
    }
}
