using System.Collections.Immutable;

namespace Uploader.Shared.Ledger;

/// <summary>What the web process tells of itself and of the last hour.</summary>
/// <param name="Keys">In force.</param>
/// <param name="UnderWay">Uploads that are being received.</param>
/// <param name="Hour">The minutes in which something happened, the oldest first.</param>
/// <param name="Scanner">Null where none is set, or it was not asked yet.</param>
internal sealed record WebStatus(SelfReport Process, int Keys, int UnderWay, IReadOnlyList<TallyMinute> Hour, ScannerStatus? Scanner = null);

/// <summary>How the virus scanner was when it last was asked.</summary>
/// <param name="Trouble">Why it does not answer; null when it does.</param>
internal sealed record ScannerStatus(string? Trouble);

/// <summary>What came in during one minute.</summary>
/// <param name="Minute">Since 1970.</param>
/// <param name="Uploads">Files stored.</param>
/// <param name="Bytes">Of those.</param>
/// <param name="Faults">Uploads that failed on our side.</param>
/// <param name="Refusals">How many of each code; codes without any are left out.</param>
internal sealed record TallyMinute(long Minute, long Uploads, long Bytes, long Faults, ImmutableDictionary<string, long> Refusals);
