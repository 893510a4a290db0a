using System.Buffers.Binary;
using Uploader.Inspection.Reading;

namespace Uploader.Inspection.Polyglots;

/// <summary>What else a file of an allowed kind would be taken for, by programs that do not look at the first byte.</summary>
internal static class ForeignFormats
{
    /// <summary>Readers of PDF look for its header in the first kilobyte (ISO 32000-1, annex H, note 13).</summary>
    private const int PdfHeaderWithin = 1024;

    private const int EndRecord = 22;

    public static void Judge(FileBytes file, FileType type, Inspector inspector)
    {
        if (type.Signature != Signature.Pdf && file.At(0, PdfHeaderWithin).IndexOf("%PDF-"u8) is >= 0 and var pdf)
            inspector.Break(Rules.Polyglot, pdf, "a PDF header");
        if (type.Signature != Signature.Zip && ZipEnd(file) is { } zip)
            inspector.Break(Rules.Polyglot, zip, "a ZIP end record");
    }

    /// <summary>Readers of ZIP look for its end record backwards from the end of the file, whatever comes first (APPNOTE 4.3.16).</summary>
    private static long? ZipEnd(FileBytes file)
    {
        var start = Math.Max(0, file.Length - FileBytes.Window);
        var tail = file.At(start, FileBytes.Window);
        for (var at = tail.LastIndexOf("PK\x05\x06"u8); at >= 0; at = tail[..at].LastIndexOf("PK\x05\x06"u8))
        {
            if (tail.Length - at >= EndRecord && BinaryPrimitives.ReadUInt16LittleEndian(tail[(at + EndRecord - 2)..]) == tail.Length - at - EndRecord)
                return start + at;
        }

        return null;
    }
}
