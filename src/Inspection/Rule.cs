namespace Uploader.Inspection;

/// <summary>One thing that a file is judged by.</summary>
/// <param name="Code">Stable: on the wire, in the journal, and the setting's name below <c>Inspection:Rules</c>.</param>
/// <param name="Detail">A sentence that helps an honest client, and does not show where the edge is.</param>
/// <param name="IsHostile">No honest program makes such a file: it counts double.</param>
internal sealed record Rule(string Code, string Detail, bool IsHostile = false);
