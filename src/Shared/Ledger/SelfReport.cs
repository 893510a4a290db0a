namespace Uploader.Shared.Ledger;

/// <summary>What a process tells of itself.</summary>
/// <param name="StartedAt">By its own clock.</param>
/// <param name="ToldAt">When it told this.</param>
/// <param name="HasStopped">Its last word: it was asked to end, and did.</param>
/// <param name="Sentence">How it is, as <c>systemctl status</c> shows it.</param>
internal sealed record SelfReport(string Version, int ProcessId, DateTimeOffset StartedAt, DateTimeOffset ToldAt, bool HasStopped, string Sentence)
{
    /// <summary>Either process tells something at least this often, be it that nothing happened.</summary>
    public static readonly TimeSpan ToldEvery = TimeSpan.FromSeconds(30);

    /// <summary>Three times it may be missed: a busy ledger is not a dead process.</summary>
    private static readonly TimeSpan Patience = 3 * ToldEvery;

    /// <summary>False for one that has not been heard of for long: whether it lives is not known. Both ways, for clocks are set back.</summary>
    public bool IsFresh(DateTimeOffset now) => (now - ToldAt).Duration() < Patience;
}
