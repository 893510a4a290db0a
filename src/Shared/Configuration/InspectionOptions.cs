using System.Collections.Frozen;
using System.Net;
using Uploader.Inspection;

namespace Uploader.Shared.Configuration;

/// <summary>What the content of files is judged by.</summary>
internal sealed record InspectionOptions
{
    private static readonly Syntax<RuleMode> Mode = Syntax.OneOf(("on", RuleMode.On), ("report", RuleMode.Report), ("off", RuleMode.Off));

    /// <summary>Null: files are not scanned for viruses.</summary>
    public EndPoint? Clamd { get; init; }

    /// <summary>Shorter than the proxies in <c>deploy</c> wait for an answer: a client shall hear why.</summary>
    public TimeSpan ClamdTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public bool StripMetadata { get; init; }

    public InspectionPolicy Policy { get; init; } = InspectionPolicy.Default;

    public static InspectionOptions Read(SettingsReader section)
    {
        var defaults = InspectionPolicy.Default;
        var rules = section.Section("Rules");
        return new InspectionOptions
        {
            Clamd = section.Read("Clamd", null, Syntax.ServiceOrNone, "Where clamd listens: every file is scanned before it is stored, and none is stored that was not; the service is not ready while it does not answer. The unit has no network and reaches unix sockets below `/run` only."),
            ClamdTimeout = section.Read("ClamdTimeout", new InspectionOptions().ClamdTimeout, Syntax.DurationFrom(TimeSpan.FromMilliseconds(100)), "A scan that takes longer counts as none."),
            StripMetadata = section.Read("StripMetadata", false, Syntax.Switch, "Whether JPEG and PNG pictures are stored without EXIF, GPS, XMP, IPTC, comments and what follows the picture; orientation and colours stay, and not a pixel changes."),
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
