using System.Collections.Frozen;

namespace Uploader.Inspection.Mp4;

/// <summary>What content of a box its own first bytes ask for.</summary>
/// <param name="head">Its first bytes, as many as there are and are asked for.</param>
/// <returns>How many bytes; negative: they make no sense.</returns>
internal delegate long BoxLayout(ReadOnlySpan<byte> head);

/// <summary>A kind of box whose place or content is judged. All others may stand anywhere, and are only searched for what is no film.</summary>
/// <param name="Name">Its four letters.</param>
/// <param name="Parent">What it stands in, and nowhere else; empty: the file.</param>
internal sealed record BoxKind(string Name, string Parent)
{
    /// <summary>The file's own kind.</summary>
    public static BoxKind File { get; } = new("", "");

    /// <summary>The type of media data, of which nothing is looked at.</summary>
    public static uint Media { get; } = FourCC.Of("mdat");

    private static readonly FrozenDictionary<uint, BoxKind> ByType = BoxKinds.All.ToFrozenDictionary(kind => FourCC.Of(kind.Name));

    private static readonly FrozenDictionary<string, BoxKind[]> Needed =
        BoxKinds.All.Where(kind => kind.IsNeeded).GroupBy(kind => kind.Parent).ToFrozenDictionary(kinds => kinds.Key, kinds => kinds.ToArray());

    /// <summary>At most one in its parent.</summary>
    public bool IsOnce { get; init; }

    /// <summary>At least one in its parent.</summary>
    public bool IsNeeded { get; init; }

    /// <summary>Bytes in front of the boxes that it holds, the last four of which may count them; null: it holds no boxes, or none that are judged.</summary>
    public int? Preamble { get; init; }

    /// <summary>Whether the preamble counts the boxes.</summary>
    public bool CountsBoxes => Preamble > 0;

    /// <summary>How long its content is; null: as it likes.</summary>
    public BoxLayout? Layout { get; init; }

    /// <summary>For sets of kinds.</summary>
    public ulong Bit { get; init; }

    public static BoxKind? Of(uint type) => ByType.GetValueOrDefault(type);

    /// <summary>The kinds that stand in it and are needed.</summary>
    public static ReadOnlySpan<BoxKind> NeededIn(BoxKind kind) => Needed.TryGetValue(kind.Name, out var needed) ? needed : [];
}
