using System.Globalization;

namespace Uploader.Shared.Ledger;

/// <summary>A point in the life of a ledger: which file, and how often it had been written.</summary>
internal readonly record struct BanListPlace(string Generation, long Revision)
{
    private const int GenerationLength = 32;
    private const int RevisionLength = 20;

    /// <summary>Always as long, so that a later one replaces all of an earlier one.</summary>
    public const int Length = GenerationLength + RevisionLength + 2;

    public string Write() => $"{Generation.PadRight(GenerationLength)} {Revision.ToString(CultureInfo.InvariantCulture).PadLeft(RevisionLength)}\n";

    public static BanListPlace? Parse(string text) =>
        text.Length == Length && long.TryParse(text.AsSpan(GenerationLength + 1, RevisionLength), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var revision)
            ? new(text[..GenerationLength].TrimEnd(), revision)
            : null;
}
