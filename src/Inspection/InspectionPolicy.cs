using System.Collections.Frozen;

namespace Uploader.Inspection;

/// <summary>What an operator wants files judged by.</summary>
internal sealed record InspectionPolicy
{
    public static InspectionPolicy Default { get; } = new();

    /// <summary>By code; a rule that is not in here is on.</summary>
    public FrozenDictionary<string, RuleMode> Modes { get; init; } = FrozenDictionary<string, RuleMode>.Empty;

    /// <summary>Width times height of a picture.</summary>
    public int MaxPixels { get; init; } = 100_000_000;

    /// <summary>Bytes to which all compressed parts of one file together may unpack.</summary>
    public long MaxExpanded { get; init; } = 256L << 20;

    /// <summary>How often a packed file may be read over: bytes read per byte of its length, and 1 MiB for small ones.</summary>
    public int MaxReadings { get; init; } = 4;

    /// <summary>In blocks of how many bytes a file is looked at while it arrives. Which of two broken rules is told may depend on it, and on nothing else but the file.</summary>
    public int Block { get; init; } = 16 << 10;

    public RuleMode ModeOf(Rule rule) => Modes.GetValueOrDefault(rule.Code, RuleMode.On);
}
