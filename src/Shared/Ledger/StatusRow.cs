using System.Collections.Immutable;
using LiteDB;

namespace Uploader.Shared.Ledger;

/// <summary>What the processes tell, as documents.</summary>
internal static class StatusRow
{
    public static BsonDocument ToDocument(WorkerStatus status)
    {
        var document = ToDocument(status.Process);
        document["jobs"] = new BsonArray(status.Jobs.Select(ToValue));
        if (status.Drift is { } drift)
        {
            document["drift"] = new BsonDocument
            {
                ["at"] = Ms(drift.At),
                ["repaired"] = drift.Repaired,
                ["notRepaired"] = drift.NotRepaired,
                ["foreign"] = drift.Foreign,
                ["repairedAt"] = Ms(drift.RepairedAt),
            };
        }

        return document;
    }

    public static WorkerStatus ToWorker(BsonDocument row) => new(
        ToProcess(row),
        [.. Documents(row["jobs"]).Select(ToJob)],
        row["drift"] is BsonDocument drift
            ? new(Time(drift["at"]), Bson.Long(drift["repaired"]), Bson.Long(drift["notRepaired"]), Bson.Long(drift["foreign"]), TimeOrNull(drift["repairedAt"]))
            : null);

    public static BsonDocument ToDocument(WebStatus status)
    {
        var document = ToDocument(status.Process);
        document["keys"] = status.Keys;
        document["underWay"] = status.UnderWay;
        document["hour"] = new BsonArray(status.Hour.Select(ToValue));
        if (status.Scanner is { } scanner)
            document["scanner"] = new BsonDocument { ["trouble"] = scanner.Trouble };
        return document;
    }

    public static WebStatus ToWeb(BsonDocument row) =>
        new(ToProcess(row), Bson.Int(row["keys"]), Bson.Int(row["underWay"]), [.. Documents(row["hour"]).Select(ToMinute)],
            row["scanner"] is BsonDocument scanner ? new ScannerStatus(scanner["trouble"] is { IsString: true } trouble ? trouble.AsString : null) : null);

    private static BsonDocument ToDocument(SelfReport status) => new()
    {
        ["version"] = status.Version,
        ["pid"] = status.ProcessId,
        ["started"] = Ms(status.StartedAt),
        ["told"] = Ms(status.ToldAt),
        ["stopped"] = status.HasStopped,
        ["sentence"] = status.Sentence,
    };

    private static SelfReport ToProcess(BsonDocument row) => new(
        Bson.Text(row["version"]), Bson.Int(row["pid"]), Time(row["started"]), Time(row["told"]), row["stopped"] is { IsBoolean: true, AsBoolean: true }, Bson.Text(row["sentence"]));

    private static BsonDocument ToValue(JobStatus job) => new()
    {
        ["name"] = job.Name,
        ["schedule"] = job.Schedule,
        ["started"] = Ms(job.StartedAt),
        ["ms"] = (long)job.Duration.TotalMilliseconds,
        ["outcome"] = job.Outcome,
        ["due"] = Ms(job.DueAt),
        ["running"] = job.IsRunning,
        ["patience"] = (long)job.Patience.TotalMilliseconds,
        ["done"] = Ms(job.DoneAt),
    };

    private static JobStatus ToJob(BsonDocument row) => new(
        Bson.Text(row["name"]), Bson.Text(row["schedule"]), TimeOrNull(row["started"]), Span(row["ms"]), Bson.Text(row["outcome"]), TimeOrNull(row["due"]),
        row["running"] is { IsBoolean: true, AsBoolean: true }, Span(row["patience"]), TimeOrNull(row["done"]));

    private static BsonDocument ToValue(TallyMinute minute) => new()
    {
        ["minute"] = minute.Minute,
        ["uploads"] = minute.Uploads,
        ["bytes"] = minute.Bytes,
        ["faults"] = minute.Faults,
        ["refusals"] = new BsonDocument(minute.Refusals.ToDictionary(refusal => refusal.Key, refusal => new BsonValue(refusal.Value))),
    };

    private static TallyMinute ToMinute(BsonDocument row) => new(
        Bson.Long(row["minute"]), Bson.Long(row["uploads"]), Bson.Long(row["bytes"]), Bson.Long(row["faults"]),
        row["refusals"] is BsonDocument refusals ? refusals.ToImmutableDictionary(refusal => refusal.Key, refusal => Bson.Long(refusal.Value)) : ImmutableDictionary<string, long>.Empty);

    private static IEnumerable<BsonDocument> Documents(BsonValue value) => value is BsonArray array ? array.OfType<BsonDocument>() : [];

    private static BsonValue Ms(DateTimeOffset? time) => time is { } at ? at.ToUnixTimeMilliseconds() : BsonValue.Null;

    private static DateTimeOffset? TimeOrNull(BsonValue value) => value.IsNull ? null : Time(value);

    // An edited row may hold any number.
    private static DateTimeOffset Time(BsonValue value) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(Bson.Long(value), 0, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));

    private static TimeSpan Span(BsonValue milliseconds) => TimeSpan.FromMilliseconds(Math.Clamp(Bson.Long(milliseconds), 0, (long)TimeSpan.FromDays(1000).TotalMilliseconds));
}
