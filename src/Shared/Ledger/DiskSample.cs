namespace Uploader.Shared.Ledger;

/// <summary>What the worker's last walk found, for the admission stage of the web process.</summary>
/// <param name="UsedBytes">Bytes of the files below the root.</param>
/// <param name="Files">How many they are.</param>
/// <param name="FreeBytes">What the file system has left.</param>
/// <param name="Level">The level's name.</param>
/// <param name="WalkStartedMonotonic">
/// <see cref="TimeProvider.GetTimestamp"/> when the walk began: CLOCK_MONOTONIC, which both processes share, so that admission knows which commits the walk cannot have seen.
/// </param>
/// <param name="At">When it ended.</param>
internal sealed record DiskSample(long UsedBytes, long Files, long FreeBytes, string Level, long WalkStartedMonotonic, DateTimeOffset At);
