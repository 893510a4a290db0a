namespace Uploader.Shared.Ledger;

/// <summary>What became of the bans that were written by hand: how many are in the book now, and why others were left out.</summary>
internal sealed record Adoption(int Count, IReadOnlyList<string> Rejected, bool HasMore)
{
    public static Adoption None { get; } = new(0, [], false);
}
