namespace Uploader.Inspection;

/// <summary>What becomes of a file that breaks a rule.</summary>
internal enum RuleMode
{
    /// <summary>It is refused.</summary>
    On,

    /// <summary>It is taken, and the journal has what was found: for trying a rule first.</summary>
    Report,

    /// <summary>It is taken.</summary>
    Off,
}
