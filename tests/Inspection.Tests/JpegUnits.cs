using System.Buffers.Binary;

namespace Inspection.Tests;

/// <summary>A JPEG read in the simplest way: all of it in memory, unit by unit.</summary>
/// <param name="Units">Each marker with its segment's content, and each run of a scan's bytes (marker 0).</param>
/// <param name="End">Behind EOI.</param>
internal sealed record JpegUnits(IReadOnlyList<(byte Marker, byte[] Content)> Units, int End)
{
    /// <returns>Null: it is none.</returns>
    public static JpegUnits? Of(byte[] file)
    {
        var units = new List<(byte Marker, byte[] Content)>();
        for (var (at, isInScan) = (0, false); at + 1 < file.Length;)
        {
            if (isInScan && !IsMarker(file, at))
            {
                var start = at;
                while (at < file.Length && !IsMarker(file, at))
                    at++;
                units.Add((0, file[start..at]));
                continue;
            }

            if (file[at] != 0xFF)
                return null;
            var marker = file[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            if (marker is >= 0xD0 and <= 0xD9)
            {
                units.Add((marker, []));
                at += 2;
                if (marker == 0xD9)
                    return new JpegUnits(units, at);
                continue;
            }

            if (at + 4 > file.Length || BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 2)) is var length && (length < 2 || at + 2 + length > file.Length))
                return null;
            units.Add((marker, file[(at + 4)..(at + 2 + length)]));
            at += 2 + length;
            isInScan = marker == 0xDA;
        }

        return null;
    }

    private static bool IsMarker(byte[] file, int at) => file[at] == 0xFF && (at + 1 == file.Length || file[at + 1] != 0);
}
