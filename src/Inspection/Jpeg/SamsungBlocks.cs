using System.Buffers.Binary;
using Uploader.Inspection.Reading;

namespace Uploader.Inspection.Jpeg;

/// <summary>
/// What Samsung's phones append: blocks, then a directory of them, then <c>SEFT</c> as the file's last word. As ExifTool reads it (Samsung.pm, ProcessSamsung);
/// there is no specification.
/// </summary>
internal sealed class SamsungBlocks
{
    private const int TailLength = 8;
    private const int DirectoryHeadLength = 12;
    private const int EntryLength = 12;
    private const int BlockHeadLength = 8;
    private const int MostBlocks = 256;

    private SamsungBlocks(long start, IReadOnlyList<(long Start, long End)> contents)
    {
        Start = start;
        Contents = contents;
    }

    /// <summary>Of the first block.</summary>
    public long Start { get; }

    /// <summary>Each block's behind its name, without a gap but for the names and heads.</summary>
    public IReadOnlyList<(long Start, long End)> Contents { get; }

    /// <param name="file">All of it.</param>
    /// <param name="from">No block begins before.</param>
    /// <returns>Null: there are none that fill the file to its end.</returns>
    public static SamsungBlocks? Find(FileBytes file, long from)
    {
        if (file.Length - from < TailLength + DirectoryHeadLength)
            return null;
        var tail = file.At(file.Length - TailLength, TailLength);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        var directory = file.Length - TailLength - length;
        if (!tail.EndsWith("SEFT"u8) || length is < DirectoryHeadLength or > DirectoryHeadLength + MostBlocks * EntryLength || directory < from)
            return null;
        var bytes = file.At(directory, (int)length);
        var count = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        if (!bytes.StartsWith("SEFH"u8) || DirectoryHeadLength + (long)count * EntryLength != length)
            return null;

        var blocks = new List<(long Start, long End)>((int)count);
        for (var entries = bytes[DirectoryHeadLength..]; !entries.IsEmpty; entries = entries[EntryLength..])
        {
            var start = directory - BinaryPrimitives.ReadUInt32LittleEndian(entries[4..]);
            blocks.Add((start, start + BinaryPrimitives.ReadUInt32LittleEndian(entries[8..])));
        }

        blocks.Sort();
        return blocks.Count > 0 && blocks[0].Start >= from && ContentsOf(file, blocks, directory) is { } contents ? new(blocks[0].Start, contents) : null;
    }

    private static List<(long Start, long End)>? ContentsOf(FileBytes file, List<(long Start, long End)> blocks, long directory)
    {
        var contents = new List<(long Start, long End)>(blocks.Count);
        for (var i = 0; i < blocks.Count; i++)
        {
            var (start, end) = blocks[i];
            if (end != (i + 1 < blocks.Count ? blocks[i + 1].Start : directory) || end - start < BlockHeadLength)
                return null;
            var name = BinaryPrimitives.ReadUInt32LittleEndian(file.At(start, BlockHeadLength)[4..]);
            if (name > end - start - BlockHeadLength)
                return null;
            contents.Add((start + BlockHeadLength + name, end));
        }

        return contents;
    }
}
