using System.Collections.Immutable;

namespace Uploader.Inspection.Mp4;

/// <summary>
/// The boxes without which a film cannot be played, and those that say how to read it (ISO/IEC 14496-12). Names are sections of its fifth edition. What describes a
/// film (<c>udta</c>, <c>meta</c>) may be as it likes, but for these: <see cref="InnerBoxes"/>.
/// </summary>
internal static class BoxKinds
{
    private const string Nowhere = "nowhere";

    public static ImmutableArray<BoxKind> All { get; } = Numbered(
    [
        // 4.3 File type; 8.1.1 Media data; 8.2 Movie.
        new("ftyp", "") { IsOnce = true, IsNeeded = true },
        new("mdat", ""),
        new("moov", "") { IsOnce = true, IsNeeded = true, Preamble = 0 },
        new("mvhd", "moov") { IsOnce = true, IsNeeded = true, Layout = head => ByVersion(head, 100, 112) },
        // A QuickTime movie that is another one, elsewhere (QuickTime File Format, reference movies).
        new("rmra", "moov"),
        // And one that is packed, or that was hidden: ffmpeg plays both.
        new("cmov", Nowhere),
        new("hoov", Nowhere),

        // 8.3 Track.
        new("trak", "moov") { Preamble = 0 },
        new("tkhd", "trak") { IsOnce = true, IsNeeded = true, Layout = head => ByVersion(head, 84, 96) },
        new("edts", "trak") { IsOnce = true, Preamble = 0 },
        new("elst", "edts") { IsOnce = true, Layout = head => Table(head, 4, head is [1, ..] ? 20 : 12) },

        // 8.4 Media.
        new("mdia", "trak") { IsOnce = true, IsNeeded = true, Preamble = 0 },
        new("mdhd", "mdia") { IsOnce = true, IsNeeded = true, Layout = head => ByVersion(head, 24, 36) },
        new("minf", "mdia") { IsOnce = true, IsNeeded = true, Preamble = 0 },
        new("dinf", "minf") { IsOnce = true, Preamble = 0 },
        new("dref", "dinf") { IsOnce = true, IsNeeded = true, Preamble = 8 },

        // 8.5 to 8.7 Sample tables.
        new("stbl", "minf") { IsOnce = true, IsNeeded = true, Preamble = 0 },
        new("stsd", "stbl") { IsOnce = true, IsNeeded = true, Preamble = 8 },
        new("stts", "stbl") { IsOnce = true, Layout = head => Table(head, 4, 8) },
        new("ctts", "stbl") { IsOnce = true, Layout = head => Table(head, 4, 8) },
        new("stss", "stbl") { IsOnce = true, Layout = head => Table(head, 4, 4) },
        new("stsc", "stbl") { IsOnce = true, Layout = head => Table(head, 4, 12) },
        new("stsz", "stbl") { IsOnce = true, Layout = head => Table(head, 8, Number(head, 4) == 0 ? 4 : 0) },
        new("stz2", "stbl") { IsOnce = true, Layout = Compact },
        new("stco", "stbl") { IsOnce = true, Layout = head => Table(head, 4, 4) },
        new("co64", "stbl") { IsOnce = true, Layout = head => Table(head, 4, 8) },

        // 8.8 Movie fragments.
        new("mvex", "moov") { IsOnce = true, Preamble = 0 },
        new("trex", "mvex") { Layout = head => head.Length < 4 ? -1 : 24 },
        new("moof", "") { Preamble = 0 },
        new("mfhd", "moof") { IsOnce = true, IsNeeded = true, Layout = head => head.Length < 4 ? -1 : 8 },
        new("traf", "moof") { Preamble = 0 },
        new("tfhd", "traf") { IsOnce = true, IsNeeded = true, Layout = FragmentHeader },
        new("tfdt", "traf") { IsOnce = true, Layout = head => ByVersion(head, 8, 12) },
        new("trun", "traf") { Layout = Run },
    ]);

    private static ImmutableArray<BoxKind> Numbered(BoxKind[] kinds) => [.. kinds.Select((kind, number) => kind with { Bit = 1UL << number })];

    private static long ByVersion(ReadOnlySpan<byte> head, int narrow, int wide) => head is [0, ..] ? narrow : head is [1, ..] ? wide : -1;

    /// <param name="head">The content's first bytes.</param>
    /// <param name="countAt">Where the number of entries stands; they follow it.</param>
    /// <param name="entry">Bytes of one.</param>
    private static long Table(ReadOnlySpan<byte> head, int countAt, int entry) => Number(head, countAt) is >= 0 and var count ? countAt + 4 + count * entry : -1;

    private static long Compact(ReadOnlySpan<byte> head) =>
        Number(head, 4) is (4 or 8 or 16) and var bits && Number(head, 8) is >= 0 and var count ? 12 + (count * bits + 7) / 8 : -1;

    // Each of the flags 1, 2, 8, 10 and 20 (hexadecimal) adds a field behind the track's number, of which the first is long.
    private static long FragmentHeader(ReadOnlySpan<byte> head) =>
        Number(head, 0) is >= 0 and var flags ? 8 + ((flags & 1) != 0 ? 8 : 0) + 4 * long.PopCount(flags & 0x3A) : -1;

    // The flags 1 and 4 add a field each, and those from 100 to 800 (hexadecimal) one to each sample.
    private static long Run(ReadOnlySpan<byte> head) =>
        Number(head, 0) is >= 0 and var flags && Number(head, 4) is >= 0 and var count
            ? 8 + 4 * long.PopCount(flags & 5) + count * 4 * long.PopCount(flags & 0xF00)
            : -1;

    private static long Number(ReadOnlySpan<byte> head, int at) => head.Length >= at + 4 ? System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(head[at..]) : -1;
}
