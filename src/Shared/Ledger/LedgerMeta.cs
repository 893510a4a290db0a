using LiteDB;

namespace Uploader.Shared.Ledger;

/// <summary>What the ledger knows of itself: which file it is, how often it was written, and where its counters stand.</summary>
internal sealed class LedgerMeta
{
    public const string Name = "meta";
    private const string Id = "ledger";
    private readonly ILiteCollection<BsonDocument> _meta;
    private bool _isChanged;

    public LedgerMeta(ILiteDatabase database)
    {
        _meta = database.GetCollection(Name);
        if (_meta.FindById(Id) is { } document)
        {
            Generation = document["generation"].AsString ?? "";
            Revision = document["revision"].AsInt64;
            LastFailure = document["lastFailure"].AsInt64;
            LastBan = document["lastBan"].AsInt64;
            JudgedFailure = document["judgedFailure"].AsInt64;
            return;
        }

        IsNew = true;
        Generation = Guid.NewGuid().ToString("N");
        Touch();
    }

    public bool IsNew { get; }

    /// <summary>Chosen when the file was begun: another value means another file, whose numbers say nothing about the old one's.</summary>
    public string Generation { get; }

    /// <summary>Grows by one with each batch that writes; rows carry the revision that wrote them last.</summary>
    public long Revision { get; private set; }

    public long LastFailure { get; private set; }

    public long LastBan { get; private set; }

    /// <summary>The failure up to which the ban sweep has judged. It moves in the transaction that writes the bans, so nothing is judged twice or never.</summary>
    public long JudgedFailure { get; private set; }

    public bool IsChanged => _isChanged;

    /// <summary>Called by whoever writes a row; the revision that row has to carry.</summary>
    public long Touch()
    {
        if (_isChanged)
            return Revision;
        _isChanged = true;
        return ++Revision;
    }

    public long NextFailure()
    {
        Touch();
        return ++LastFailure;
    }

    public long NextBan()
    {
        Touch();
        return ++LastBan;
    }

    public void JudgedThrough(long failure)
    {
        if (failure == JudgedFailure)
            return;
        Touch();
        JudgedFailure = failure;
    }

    public void Save()
    {
        _meta.Upsert(new BsonDocument
        {
            ["_id"] = Id,
            ["generation"] = Generation,
            ["revision"] = Revision,
            ["lastFailure"] = LastFailure,
            ["lastBan"] = LastBan,
            ["judgedFailure"] = JudgedFailure,
        });
    }
}
