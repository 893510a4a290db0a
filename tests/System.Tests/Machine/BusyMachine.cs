namespace System.Tests.Machine;

/// <summary>Behind nginx, with limits that a few fast clients do not reach.</summary>
public sealed class BusyMachine : BehindNginx
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Limits:Rate"] = "100000",
        ["Limits:Burst"] = "100000",
    };
}
