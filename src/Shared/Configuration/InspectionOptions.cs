using System.Collections.Frozen;
using Uploader.Inspection;

namespace Uploader.Shared.Configuration;

/// <summary>What the content of files is judged by.</summary>
internal sealed record InspectionOptions
{
    private static readonly Syntax<RuleMode> Mode = Syntax.OneOf(("on", RuleMode.On), ("report", RuleMode.Report), ("off", RuleMode.Off));

    public InspectionPolicy Policy { get; init; } = InspectionPolicy.Default;

    public static InspectionOptions Read(SettingsReader section)
    {
        var defaults = InspectionPolicy.Default;
        var rules = section.Section("Rules");
        return new InspectionOptions
        {
            Policy = defaults with
            {
                MaxPixels = section.Read("MaxPixels", defaults.MaxPixels, Syntax.Count(1, 2_000_000_000), "Width times height of a picture."),
                MaxExpanded = section.Read("MaxExpanded", defaults.MaxExpanded, Syntax.SizeFrom(1 << 20), "What the compressed parts of one file may unpack to, together."),
                Modes = Rules.Choosable.ToFrozenDictionary(
                    rule => rule.Code,
                    rule => rules.Read(rule.Code, RuleMode.On, Mode, $"“{rule.Detail}” `report`: such files are taken, and the journal has what was found.")),
            },
        };
    }
}
