namespace Uploader.Shared.Storage;

/// <summary>What a walk found below the root.</summary>
/// <param name="UsedBytes">Of regular files, <see cref="Statx.UsedBytes"/> each, files with several names once; without staging.</param>
/// <param name="Files">Regular files, by name.</param>
/// <param name="Folders">The root among them.</param>
/// <param name="Unreadable">Places that were left out, so the sums are too small.</param>
/// <param name="FirstUnreadable">The first of those, fit for display, and why.</param>
internal sealed record WalkReport(long UsedBytes, long Files, long Folders, long Unreadable, (string Path, string Reason)? FirstUnreadable);
