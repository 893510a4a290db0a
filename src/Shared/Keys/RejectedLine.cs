namespace Uploader.Shared.Keys;

/// <summary>A line that is not a key: its number, counted from 1, and why, without anything of what it holds.</summary>
internal readonly record struct RejectedLine(int Number, string Reason);
