namespace Uploader.Inspection;

/// <summary>A rule that a file breaks. For the journal: a client is told the rule's own sentence only.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Offset">Where in the file, in bytes from its beginning.</param>
/// <param name="What">What was found there, in the format's own terms. Never the file's own text: an attacker writes that.</param>
internal sealed record Breach(Rule Rule, long Offset, string What);
