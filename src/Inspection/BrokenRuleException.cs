namespace Uploader.Inspection;

/// <summary>
/// How an inspection ends early, from whatever depth of a parser. Only <see cref="Inspector"/> catches it: outside an inspector a finding is a value.
/// </summary>
internal sealed class BrokenRuleException(Finding finding) : Exception(finding.What)
{
    public Finding Finding { get; } = finding;
}
