using LiteDB;
using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;

namespace Uploader.Shared.Ledger;

/// <summary>What one hold of the ledger's lock may do: the books, in one transaction. Lives only inside <see cref="LedgerFile.Run{T}"/>.</summary>
internal sealed class LedgerBatch : ICourtRecord
{
    private readonly LedgerMeta _meta;

    public LedgerBatch(ILiteDatabase database)
    {
        _meta = new LedgerMeta(database);
        Failures = new FailureBook(database.GetCollection(FailureBook.Name), _meta);
        Bans = new BanBook(database.GetCollection(BanBook.Name), _meta);
        Status = new StatusBook(database.GetCollection(StatusBook.Name), _meta);
        if (_meta.IsNew)
            Bans.Begin();
    }

    public FailureBook Failures { get; }

    public BanBook Bans { get; }

    public StatusBook Status { get; }

    /// <inheritdoc cref="LedgerMeta.Generation"/>
    public string Generation => _meta.Generation;

    /// <inheritdoc cref="LedgerMeta.Revision"/>
    public long Revision => _meta.Revision;

    /// <inheritdoc cref="LedgerMeta.IsChanged"/>
    public bool HasWritten => _meta.IsChanged;

    List<Ban> ICourtRecord.BansOf(Cidr client) => Bans.Of(client);

    FailureRow? ICourtRecord.FailureOf(long row) => Failures.Find(row);

    Ban ICourtRecord.Write(Ban ban, IReadOnlyCollection<FailureRow> failures) => Bans.Insert(ban);

    public void Seal()
    {
        if (_meta.IsChanged)
            _meta.Save();
    }
}
