using LiteDB;

namespace Uploader.Shared.Ledger;

/// <summary>What the worker tells the web process and the operator, one document a subject, always the latest.</summary>
internal sealed class StatusBook(ILiteCollection<BsonDocument> rows, LedgerMeta meta)
{
    public const string Name = "status";
    private const string DiskId = "disk";
    private const string JobsId = "jobs";

    public bool HasWritten { get; private set; }

    public void PutDisk(DiskSample sample) => Put(DiskId, new BsonDocument
    {
        ["used"] = sample.UsedBytes,
        ["files"] = sample.Files,
        ["free"] = sample.FreeBytes,
        ["level"] = sample.Level,
        ["walkStartedMonotonic"] = sample.WalkStartedMonotonic,
        ["at"] = sample.At.ToUnixTimeMilliseconds(),
    });

    public DiskSample? FindDisk() => rows.FindById(DiskId) is not { } row
        ? null
        : new(Bson.Long(row["used"]), Bson.Long(row["files"]), Bson.Long(row["free"]), Bson.Text(row["level"]), Bson.Long(row["walkStartedMonotonic"]), DateTimeOffset.FromUnixTimeMilliseconds(Bson.Long(row["at"])));

    /// <summary>When each job last ended well.</summary>
    public void PutJobs(IReadOnlyDictionary<string, DateTimeOffset> lastRuns)
    {
        var document = new BsonDocument();
        foreach (var (job, at) in lastRuns)
            document[job] = at.ToUnixTimeMilliseconds();
        Put(JobsId, document);
    }

    public IReadOnlyDictionary<string, DateTimeOffset> FindJobs() => (rows.FindById(JobsId) ?? [])
        .Where(field => field.Key is not ("_id" or "rev"))
        .ToDictionary(field => field.Key, field => DateTimeOffset.FromUnixTimeMilliseconds(Bson.Long(field.Value)));

    private void Put(string id, BsonDocument document)
    {
        document["_id"] = id;
        document["rev"] = meta.Touch();
        rows.Upsert(document);
        HasWritten = true;
    }
}
