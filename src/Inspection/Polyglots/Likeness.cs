namespace Uploader.Inspection.Polyglots;

/// <summary>What the beginning of a text looks like.</summary>
internal enum Likeness
{
    /// <summary>No script.</summary>
    None,

    /// <summary>More of it would tell.</summary>
    Open,

    /// <summary>Script.</summary>
    Tell,
}
