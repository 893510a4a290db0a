using System.Buffers.Binary;
using Uploader.Inspection.Reading;

namespace Uploader.Inspection.Polyglots;

/// <summary>
/// Finds an archive's end record as lenient readers do: backwards from the file's end, and with anything behind it. Java takes one whose comment does not end with
/// the file if a directory stands where it says (zip_util.c, <c>findEND</c>), Go and Python do not even ask for that.
/// </summary>
internal static class ZipEnd
{
    private const int RecordLength = 22;
    private const int Zip64LocatorLength = 20;

    /// <summary>A record, the longest comment, and a block more: Info-ZIP looks at 66,000 bytes in whole blocks of 8 KiB.</summary>
    private const int Within = 66_000 + (8 << 10);

    /// <summary>One that ends no archive stands in the last 64 KiB of one file in 65,536; more are no chance.</summary>
    private const int MostLookalikes = 8;

    private static ReadOnlySpan<byte> Signature => "PK\x05\x06"u8;

    /// <returns>Its offset.</returns>
    public static long? Find(FileBytes file)
    {
        var found = Lookalikes(file);
        return found.Count > MostLookalikes ? found[0] : found.Find(at => IsEnd(file, at)) is not 0 and var end ? end : null;
    }

    // In two windows, of which the first is as long as what the second cannot hold.
    private static List<long> Lookalikes(FileBytes file)
    {
        var found = new List<long>();
        var start = Math.Max(0, file.Length - Within);
        while (start <= file.Length - RecordLength && found.Count <= MostLookalikes)
        {
            var piece = file.At(start, FileBytes.Window);
            var at = piece.IndexOf(Signature);
            if (at >= 0 && start + at <= file.Length - RecordLength)
                found.Add(start + at);
            start += at >= 0 ? at + 1 : Math.Max(1, piece.Length - Signature.Length + 1);
        }

        return found;
    }

    private static bool IsEnd(FileBytes file, long at)
    {
        var record = file.At(at, RecordLength);
        var entries = BinaryPrimitives.ReadUInt16LittleEndian(record[10..]);
        var size = BinaryPrimitives.ReadUInt32LittleEndian(record[12..]);
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(record[16..]);
        return (entries == 0 && size == 0)
            || Stands(file, at - Zip64LocatorLength, "PK\x06\x07"u8)
            // Behind whatever was put in front of it, and as if nothing was.
            || Stands(file, at - size, "PK\x01\x02"u8)
            || Stands(file, offset, "PK\x01\x02"u8);
    }

    private static bool Stands(FileBytes file, long at, ReadOnlySpan<byte> signature) => at >= 0 && file.At(at, signature.Length).SequenceEqual(signature);
}
