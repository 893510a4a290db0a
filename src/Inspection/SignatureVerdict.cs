namespace Uploader.Inspection;

/// <summary>What the first bytes of a file say of its extension.</summary>
internal enum SignatureVerdict
{
    /// <summary>Too few bytes so far, and all of them fit.</summary>
    Undecided,

    Match,
    Mismatch,
}
