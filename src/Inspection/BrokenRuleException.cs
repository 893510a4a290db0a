namespace Uploader.Inspection;

/// <summary>
/// How an inspection ends early, from whatever depth of a parser. Only <see cref="Inspector"/> catches it: outside an inspector a breach is a value.
/// </summary>
internal sealed class BrokenRuleException(Breach breach) : Exception(breach.What)
{
    public Breach Breach { get; } = breach;
}
