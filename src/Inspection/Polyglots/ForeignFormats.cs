using Uploader.Inspection.Reading;

namespace Uploader.Inspection.Polyglots;

/// <summary>
/// What else a file of an allowed kind would be taken for, by programs that do not look at the first byte only: at fixed places, and at its end. RAR and 7z are
/// looked for by <see cref="Archives"/>.
/// </summary>
internal static class ForeignFormats
{
    /// <summary>Readers of PDF look for its header in the first kilobyte (ISO 32000-1, annex H, note 13).</summary>
    private const int PdfHeaderWithin = 1024;

    /// <summary>Of the first volume descriptor, behind a system area that may hold anything (ECMA-119, 6.2.1 and 8.1).</summary>
    private const int IsoMagic = 0x8001;

    private static ReadOnlySpan<byte> PharEnd => "GBMB"u8;

    public static void Judge(FileBytes file, FileType type, Inspector inspector)
    {
        if (type.Signature != Signature.Pdf && file.At(0, PdfHeaderWithin).IndexOf("%PDF-"u8) is >= 0 and var pdf)
            inspector.Break(Rules.Polyglot, pdf, "a PDF header");
        if (TarHeader.Is(file.At(0, TarHeader.Length)))
            inspector.Break(Rules.Polyglot, 0, "a tar header");
        if (file.At(IsoMagic, 5).SequenceEqual("CD001"u8))
            inspector.Break(Rules.Polyglot, IsoMagic, "an ISO 9660 volume descriptor");
        // What a phar's stub is in does not matter to PHP, but that its signature ends the file does (phar.require_hash, on by default).
        if (file.At(Math.Max(0, file.Length - PharEnd.Length), PharEnd.Length).SequenceEqual(PharEnd))
            inspector.Break(Rules.Polyglot, file.Length - PharEnd.Length, "the end of a phar's signature");
        if (type.Signature != Signature.Zip && ZipEnd.Find(file) is { } zip)
            inspector.Break(Rules.Polyglot, zip, "a ZIP end record");
    }
}
