using Uploader.Shared.Addresses;
using Uploader.Shared.Ledger;

namespace Uploader.Shared.Bans;

/// <summary>Where the court looks things up and writes its bans down: the ledger, or the memory of a trial that bans nobody.</summary>
internal interface ICourtRecord
{
    /// <summary>Every ban of exactly that address or range, in the order they were written.</summary>
    List<Ban> BansOf(Cidr client);

    /// <summary>Null when it is no longer known.</summary>
    FailureRow? FailureOf(long row);

    /// <summary>The ban as it was written.</summary>
    /// <param name="ban">With its evidence.</param>
    /// <param name="failures">That earned it; none when bans did.</param>
    Ban Write(Ban ban, IReadOnlyCollection<FailureRow> failures);
}
