using System.Buffers.Binary;
using System.Text;

namespace Inspection.Tests.Samples;

/// <summary>The boxes of a good film, read anew: what the inspector is compared with.</summary>
internal static class Mp4Boxes
{
    private static readonly Dictionary<string, int> Containers = new()
    {
        ["moov"] = 0,
        ["trak"] = 0,
        ["edts"] = 0,
        ["mdia"] = 0,
        ["minf"] = 0,
        ["dinf"] = 0,
        ["dref"] = 8,
        ["stbl"] = 0,
        ["stsd"] = 8,
        ["mvex"] = 0,
        ["moof"] = 0,
        ["traf"] = 0,
    };

    public static List<Mp4Box> Of(byte[] film)
    {
        var boxes = new List<Mp4Box>();
        Read(film, 0, film.Length, "", boxes);
        return boxes;
    }

    private static void Read(byte[] film, int at, int end, string parent, List<Mp4Box> boxes)
    {
        while (end - at >= 8)
        {
            long size = BinaryPrimitives.ReadUInt32BigEndian(film.AsSpan(at));
            var type = Encoding.Latin1.GetString(film, at + 4, 4);
            var header = size == 1 && end - at >= 16 ? 16 : 8;
            if (header == 16)
                size = BinaryPrimitives.ReadInt64BigEndian(film.AsSpan(at + 8));
            var isOpenEnded = size == 0;
            if (isOpenEnded)
                size = end - at;
            if (size < header || size > end - at)
                return;
            var box = new Mp4Box(type, parent, at, at + header, at + (int)size, isOpenEnded);
            boxes.Add(box);
            if (parent is not ("stsd" or "dref") && Containers.TryGetValue(type, out var preamble))
                Read(film, box.Content + preamble, box.End, type, boxes);
            at = box.End;
        }
    }
}

/// <summary>One, by offsets.</summary>
internal sealed record Mp4Box(string Type, string Parent, int Start, int Content, int End, bool IsOpenEnded);
