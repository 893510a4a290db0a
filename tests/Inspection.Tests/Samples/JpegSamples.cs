using Uploader.Inspection;
using static Inspection.Tests.Samples.JpegFile;

namespace Inspection.Tests.Samples;

/// <summary>JPEGs that are none, or are more than that; and what is odd but right. What is behind EOI: <see cref="JpegTrailerSamples"/>.</summary>
internal static class JpegSamples
{
    private static readonly byte[] Colours = [1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0];
    private static readonly byte[] ThreeBlocks = [0b0000_0011];

    public static IEnumerable<Sample> All { get; } = [.. Structure(), .. Frames(), .. Scans(), .. Tables(), .. Scripts(), .. Runnable(), .. Odd()];

    private static IEnumerable<Sample> Structure() =>
    [
        Damaged("jpeg-cut-in-scan", "ends in its scan", () => With()[..^2]),
        Damaged("jpeg-cut-in-end", "ends between the bytes of EOI", () => With()[..^1]),
        Damaged("jpeg-cut-in-segment", "ends in a comment", () => Of(Start, Comment(new byte[100])[..^50])),
        Damaged("jpeg-tables-only", "has tables and no picture", () => Of(Start, Quantization, Huffman, End)),
        Damaged("jpeg-no-scan", "has no scan", () => Of(Start, Head, End)),
        Damaged("jpeg-no-frame", "has a scan and no frame", () => Of(Start, Quantization, Huffman, Scan, Block, End)),
        Damaged("jpeg-two-frames", "has two frames", () => Of(Start, Quantization, Frame(), Frame(), Huffman, Scan, Block, End)),
        Damaged("jpeg-two-starts", "has SOI twice", () => Of(Start, With())),
        Damaged("jpeg-start-in-scan", "has SOI in its scan", () => Of(Start, Head, Scan, Block, Start, End)),
        Damaged("jpeg-restart-outside", "has a restart before its scan", () => With(Restart(0))),
        Damaged("jpeg-temporary", "has a marker that only arithmetic encoders use among themselves", () => With([0xFF, 0x01])),
        Damaged("jpeg-stray", "has bytes between its segments", () => With(Comment([]), "stray"u8.ToArray())),
        Damaged("jpeg-stray-behind-segment", "has a segment that says it is shorter", () => With([0xFF, 0xFE, 0, 2, .. "stray"u8])),
        Damaged("jpeg-stuffed-outside", "has FF 00 between its segments", () => With([0xFF, 0])),
        Damaged("jpeg-length-0", "has a segment shorter than its length", () => With([0xFF, 0xFE, 0, 0])),
        Damaged("jpeg-length-1", "has a segment shorter than its length", () => With([0xFF, 0xFE, 0, 1])),
        Damaged("jpeg-reserved", "has a segment of a marker that is reserved", () => With(Segment(0x02, "text"u8))),
        Damaged("jpeg-extension", "has a segment of a marker for extensions", () => With(Segment(0xF0, "text"u8))),
        Damaged("jpeg-ls", "is JPEG-LS", () => Of(Start, Frame(0xF7), Segment(0xDA, [1, 1, 0, 0, 0, 0]), Block, End)),
    ];

    private static IEnumerable<Sample> Frames() =>
    [
        .. from marker in new byte[] { 0xC3, 0xC5, 0xC6, 0xC7, 0xC8, 0xCB, 0xCD, 0xCE, 0xCF, 0xDE }
           select Damaged($"jpeg-frame-{marker:X2}", "is lossless or hierarchical", () => Of(Start, Quantization, Frame(marker), Huffman, Scan, Block, End)),
        Damaged("jpeg-width-0", "is 0 pixels wide", () => Of(Start, Quantization, Frame(width: 0), Huffman, Scan, Block, End)),
        Damaged("jpeg-height-0", "is 0 pixels high, and says no more of it", () => Of(Start, Quantization, Frame(height: 0), Huffman, Scan, Block, End)),
        Damaged("jpeg-precision-12", "is of 12 bits and baseline", () => Of(Start, Quantization, Frame(precision: 12), Huffman, Scan, Block, End)),
        Damaged("jpeg-precision-16", "is of 16 bits", () => Of(Start, Quantization, Frame(0xC1, precision: 16), Huffman, Scan, Block, End)),
        Damaged("jpeg-components-0", "has no components", () => Of(Start, Quantization, FrameOf(0xC0, 8, 8, 8, []), Huffman, Scan, Block, End)),
        Damaged("jpeg-components-5", "has five components", () => Of(Start, Quantization, FrameOf(0xC0, 8, 8, 8, [.. Colours, 4, 0x11, 0, 5, 0x11, 0]), Huffman, Scan, Block, End)),
        Damaged("jpeg-components-cut", "has a frame that is too short for its components", () => Of(Start, Quantization, Segment(0xC0, [8, 0, 8, 0, 8, 3, 1, 0x11, 0]), Huffman, Scan, Block, End)),
        Damaged("jpeg-frame-empty", "has an empty frame", () => Of(Start, Quantization, Segment(0xC0, []), Huffman, Scan, Block, End)),
        Damaged("jpeg-sampling-0", "has a component of no samples", () => Of(Start, Quantization, Frame(components: [1, 0x01, 0]), Huffman, Scan, Block, End)),
        Damaged("jpeg-sampling-5", "has a component of five samples", () => Of(Start, Quantization, Frame(components: [1, 0x15, 0]), Huffman, Scan, Block, End)),
        Damaged("jpeg-quantization-4", "has a component of a quantization table that cannot be", () => Of(Start, Quantization, Frame(components: [1, 0x11, 4]), Huffman, Scan, Block, End)),
        Damaged("jpeg-lines-of-none", "counts its lines and has none", () => Of(Start, Quantization, Frame(height: 0), Huffman, Scan, Block, Segment(0xDC, [0, 0]), End)),
        Damaged("jpeg-lines-differ", "counts other lines than its frame", () => Of(Start, Head, Scan, Block, Segment(0xDC, [0, 9]), End)),
        Damaged("jpeg-lines-early", "counts its lines before its scan", () => With(Segment(0xDC, [0, 8]))),
        Damaged("jpeg-lines-late", "counts its lines behind its second scan", () => Of(Start, Quantization, Frame(components: Colours), Huffman, Scan, Block, ScanOf(components: [2, 3]), Block, Segment(0xDC, [0, 8]), End)),
        Damaged("jpeg-lines-cut", "counts its lines in one byte", () => Of(Start, Head, Scan, Block, Segment(0xDC, [8]), End)),
        new("jpeg-101-megapixels.jpg", Rules.TooManyPixels.Code, "is 10100 × 10000", () => Of(Start, Quantization, Frame(width: 10_100, height: 10_000), Huffman, Scan, Block, End)),
        new("jpeg-most-pixels.jpg", Rules.TooManyPixels.Code, "is as large as a frame can say", () => Of(Start, Quantization, Frame(width: 65_535, height: 65_535), Huffman, Scan, Block, End)),
        new("jpeg-most-lines.jpg", Rules.TooManyPixels.Code, "says behind its scan that it has 65,535 lines", () => Of(Start, Quantization, Frame(width: 65_535, height: 0), Huffman, Scan, Block, Segment(0xDC, [0xFF, 0xFF]), End)),
    ];

    private static IEnumerable<Sample> Scans() =>
    [
        Damaged("jpeg-scan-of-0", "has a scan of no component", () => Of(Start, Head, Segment(0xDA, [0, 0, 63, 0]), Block, End)),
        Damaged("jpeg-scan-of-5", "has a scan of five components", () => Of(Start, Head, Segment(0xDA, [5, .. new byte[13]]), Block, End)),
        Damaged("jpeg-scan-long", "has a scan header that is too long", () => Of(Start, Head, Segment(0xDA, [1, 1, 0, 0, 63, 0, 0]), Block, End)),
        Damaged("jpeg-scan-empty", "has an empty scan header", () => Of(Start, Head, Segment(0xDA, []), Block, End)),
        Damaged("jpeg-scan-unknown", "has a scan of a component that is not there", () => Of(Start, Head, ScanOf(components: [2]), Block, End)),
        Damaged("jpeg-scan-missing", "has no scan of its third component", () => Of(Start, Quantization, Frame(components: Colours), Huffman, ScanOf(components: [1, 2]), Block, End)),
        Damaged("jpeg-scan-11-blocks", "has more blocks in a unit than may be", () => Of(Start, Quantization, Frame(components: [1, 0x33, 0, 2, 0x11, 0, 3, 0x11, 0]), Huffman, ScanOf(components: [1, 2, 3]), Block, End)),
        Damaged("jpeg-progression-of-both", "has a progressive scan of first and other coefficients", () => Of(Start, Quantization, Frame(0xC2), Huffman, ScanOf(0, 63), Block, End)),
        Damaged("jpeg-progression-backwards", "has a progressive scan that ends before it begins", () => Of(Start, Quantization, Frame(0xC2), Huffman, ScanOf(0, 0), Block, ScanOf(9, 8), Block, End)),
        Damaged("jpeg-progression-beyond", "has a progressive scan of a 65th coefficient", () => Of(Start, Quantization, Frame(0xC2), Huffman, ScanOf(0, 0), Block, ScanOf(1, 64), Block, End)),
        Damaged("jpeg-progression-interleaved", "has a progressive scan of other coefficients of two components", () => Of(Start, Quantization, Frame(0xC2, components: Colours), Huffman, ScanOf(1, 5, 0, 1, 2), Block, End)),
        Damaged("jpeg-progression-skips", "has a progressive scan that improves two bits", () => Of(Start, Quantization, Frame(0xC2), Huffman, ScanOf(0, 0, 0x02), Block, ScanOf(0, 0, 0x20), Block, End)),
        Damaged("jpeg-progression-of-others", "has no progressive scan of the first coefficients", () => Of(Start, Quantization, Frame(0xC2), Huffman, ScanOf(1, 63), Block, End)),
        new("jpeg-scans-501.jpg", Rules.TooComplex.Code, "has 501 scans", () => Of([Start, Quantization, Frame(0xC2), Huffman, ScanOf(0, 0), Block, .. Enumerable.Repeat(Of(ScanOf(1, 63), Block), 500), End])),
        Damaged("jpeg-restart-undeclared", "has restarts and no interval", () => Of(Start, Quantization, Frame(width: 16), Huffman, Scan, Block, Restart(0), Block, End)),
        Damaged("jpeg-restart-order", "leaves a restart out", () => Restarted(4, 0, 2, 3)),
        Damaged("jpeg-restart-start", "begins its restarts at 1", () => Restarted(2, 1)),
        Damaged("jpeg-restart-few", "lacks a restart at its end", () => Restarted(4, 0, 1)),
        Damaged("jpeg-restart-many", "has two restarts more than units", () => Restarted(4, 0, 1, 2, 3, 4)),
        Damaged("jpeg-interval-cut", "has a restart interval of one byte", () => With(Segment(0xDD, [1]))),
    ];

    private static IEnumerable<Sample> Tables() =>
    [
        Damaged("jpeg-no-quantization", "has no quantization table", () => Of(Start, Frame(), Huffman, Scan, Block, End)),
        Damaged("jpeg-late-quantization", "has its quantization table behind its scan", () => Of(Start, Frame(), Huffman, Scan, Block, Quantization, End)),
        Damaged("jpeg-quantization-cut", "has a quantization table of 63 numbers", () => Of(Start, Segment(0xDB, new byte[64]), Frame(), Huffman, Scan, Block, End)),
        Damaged("jpeg-quantization-place", "has a fifth quantization table", () => With(Segment(0xDB, [4, .. new byte[64]]))),
        Damaged("jpeg-quantization-precision", "has a quantization table of 24 bits", () => With(Segment(0xDB, [0x20, .. new byte[192]]))),
        Damaged("jpeg-huffman-half", "has a Huffman table for first coefficients only", () => Of(Start, Quantization, Frame(), Segment(0xC4, [0, 1, .. new byte[15], 0]), Scan, Block, End)),
        Damaged("jpeg-huffman-progressive", "is progressive without Huffman tables", () => Of(Start, Quantization, Frame(0xC2), ScanOf(0, 0), Block, End)),
        Damaged("jpeg-huffman-ones", "has a Huffman code of ones", () => With(Segment(0xC4, [0, 2, .. new byte[15], 0, 1]))),
        Damaged("jpeg-huffman-crowded", "has more Huffman codes than there are", () => With(Segment(0xC4, [0, 1, 3, .. new byte[14], 0, 1, 2, 3]))),
        Damaged("jpeg-huffman-cut", "has a Huffman table without its symbols", () => With(Segment(0xC4, [0, 1, .. new byte[15]]))),
        Damaged("jpeg-huffman-kind", "has a Huffman table of a third kind", () => With(Segment(0xC4, [0x20, 1, .. new byte[15], 0]))),
        Damaged("jpeg-huffman-place", "has a fifth Huffman table", () => With(Segment(0xC4, [0x04, 1, .. new byte[15], 0]))),
        Damaged("jpeg-conditioning-cut", "has half an arithmetic conditioning", () => With(Segment(0xCC, [0]))),
        Damaged("jpeg-conditioning-bounds", "has an arithmetic conditioning whose bounds are crossed", () => With(Segment(0xCC, [0, 0x01]))),
        Damaged("jpeg-conditioning-0", "has an arithmetic conditioning of 0", () => With(Segment(0xCC, [0x10, 0]))),
    ];

    private static IEnumerable<Sample> Scripts() =>
    [
        Script("jpeg-php-comment", "has PHP in a comment", () => With(Comment("<?php system($_GET['c']); ?>"u8))),
        Script("jpeg-php-comment-empty-first", "has PHP in its second comment", () => With(Comment([]), Comment("<?php system($_GET['c']); ?>"u8))),
        Script("jpeg-phar-comment", "has a phar's stub in a comment", () => With(Comment("__HALT_COMPILER(); ?>\r\n"u8))),
        Script("jpeg-phar-exif", "has a phar's stub in EXIF, in its own way", () => With(Application(1, [.. "Exif\0\0II*\0"u8, 8, 0, 0, 0, 0, 0, .. "__halt_Compiler ( )\n;"u8]))),
        Script("jpeg-echo-comment", "has a PHP echo behind a comment of PHP's in a comment", () => With(Comment("<?=/*\u0001*/`$_GET[0]`;?>"u8))),
        Script("jpeg-echo-string", "has a PHP echo of a string that is no text in a comment", () => With(Comment([.. "<?=\""u8, 0x80, .. "\",`$_GET[0]`?>"u8]))),
        Script("jpeg-php-quantization", "has PHP in a quantization table", () => With(Segment(0xDB, [3, .. "<?php eval($_GET[1]); ?>"u8, .. Enumerable.Repeat((byte)1, 40)]))),
        Script("jpeg-php-huffman", "has PHP in a Huffman table", () => With(Segment(0xC4, [3, .. new byte[7], 19, .. new byte[8], .. "<?php eval($_GET); "u8]))),
        Script("jpeg-html-comment", "has HTML with script in a comment", () => With(Comment("<html><script>alert(1)</script>"u8))),
        Script("jpeg-php-exif", "has PHP in EXIF", () => With(Application(1, [.. "Exif\0\0II*\0"u8, 8, 0, 0, 0, 0, 0, .. "<?php system($_GET['c']); ?>"u8]))),
        Script("jpeg-xmp-script", "has script in XMP", () => With(Xmp("/><script>alert(1)</script><a "))),
        Script("jpeg-php-iptc", "has PHP in Photoshop's resources", () => With(Application(13, [.. "Photoshop 3.0\08BIM"u8, .. "<?php system($_GET['c']); ?>"u8]))),
        Script("jpeg-php-profile", "has PHP in its colour profile", () => With(Application(2, [.. "ICC_PROFILE\0"u8, 1, 1, .. "<?php system($_GET['c']); ?>"u8]))),
        Script("jpeg-php-jfif", "has PHP in its thumbnail", () => With(Application(0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 3, 3, .. "<?php eval($_GET[1]); ?>"u8]))),
        Script("jpeg-php-between-scans", "has PHP in a comment between its scans", () => Of(Start, Quantization, Frame(components: Colours), Huffman, Scan, Block, Comment("<?php eval($_GET[1]); ?>"u8), ScanOf(components: [2, 3]), Block, End)),
        Script("jpeg-php-behind-scan", "has PHP in a comment behind its scan", () => Of(Start, Head, Scan, Block, Comment("<?php eval($_GET[1]); ?>"u8), End)),
        new("jpeg-elf-comment.jpg", Rules.Polyglot.Code, "has a program for Linux in a comment", () => With(Comment([0x7F, .. "ELF"u8, 2, 1, 1, .. new byte[57]]))),
        new("jpeg-rar-comment.jpg", Rules.Polyglot.Code, "has a RAR archive in a comment", () => With(Comment([.. "Rar!\x1A\x07"u8, 1, 0, .. new byte[40]]))),
        new("jpeg-zip-entry-comment.jpg", Rules.Polyglot.Code, "has a ZIP's entry in a comment", () => With(Comment(Archived.Zip))),
        new("jpeg-cab-exif.jpg", Rules.Polyglot.Code, "has a cabinet in EXIF", () => With(Application(1, [.. "Exif\0\0II*\0"u8, 8, 0, 0, 0, 0, 0, .. Archived.Cabinet]))),
        new("jpeg-wim-profile.jpg", Rules.Polyglot.Code, "has a Windows image in its colour profile", () => With(Application(2, [.. "ICC_PROFILE\0"u8, 1, 1, .. Archived.Wim]))),
        new("jpeg-nsis-comment.jpg", Rules.Polyglot.Code, "has an installer in a comment", () => With(Comment(Archived.Installer))),
        new("jpeg-tar.jpg", Rules.Polyglot.Code, "is an old tar too", () => Archived.AsTar(With(Comment(new byte[2000])))),
        new("jpeg-pdf-headless.jpg", Rules.Polyglot.Code, "has a PDF without header in a comment", () => With(Comment(Archived.Pdf))),
        new("jpeg-rar-scan.jpg", Rules.Polyglot.Code, "has a RAR archive in its scan", () => Of(Start, Head, Scan, [.. "Rar!\x1A\x07"u8, 1, 0, .. new byte[40]], End)),
        new("jpeg-pdf-comment.jpg", Rules.Polyglot.Code, "has a PDF in a comment", () => With(Comment("%PDF-1.4\n1 0 obj"u8))),
        new("jpeg-zip-comment.jpg", Rules.Polyglot.Code, "has a ZIP in its last comment, with the rest of the JPEG for its comment", () => Of(Start, Head, Scan, Block, Comment([.. "PK\x05\x06"u8, .. new byte[16], 2, 0]), End)),
    ];

    private static IEnumerable<Sample> Runnable() =>
    [
        Runs("jpeg-script-jfif", "is a script behind the length of JFIF", () => With(Application(0, Filled([.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0], 0x2F2A, "*/=1;alert(1)/*"u8)), Comment("*/"u8))),
        Runs("jpeg-script-exif", "is a script behind the length of EXIF", () => With(Application(1, Filled("Exif\0\0MM\0*"u8, 0x2F2A, "*/ \n=alert(1)/*"u8)))),
        Runs("jpeg-script-label", "is a script whose name is a label", () => With(Application(1, Filled("Exif\0\0"u8, 0x2F2A, "*/:alert(1)/*"u8)))),
        Runs("jpeg-script-comment", "is a script behind the length of a comment", () => With(Segment(0xFE, Filled([], 0x2F2A, "*/=alert(1)/*"u8)))),
        Runs("jpeg-script-fill", "is a script behind FF before its first marker", () => With([0xFF, 0xFF], Segment(0xFE, Filled([], 0x2F2A, "*/=alert(1)/*"u8)))),
        Runs("jpeg-script-line", "is a script behind a comment to the end of a line", () => With(Segment(0xFE, Filled([], 0x2F2F, "\n=alert(1)//"u8)))),
        Runs("jpeg-script-return", "is a script behind a comment to the end of a line, of the Macintosh", () => With(Segment(0xFE, Filled([], 0x2F2F, "\r=alert(1)//"u8)))),
        Runs("jpeg-script-comments", "is a script behind two comments", () => With(Segment(0xFE, Filled([], 0x2F2A, "*/ //\u00FF\n\t=/*\u00FF*/alert(1)/*"u8)))),
        Runs("jpeg-script-comments-17", "has 17 comments in front of whatever it is", () => With(Segment(0xFE, Filled([], 0x2F2A, [.. Enumerable.Repeat("*//*"u8.ToArray(), 17).SelectMany(comment => comment)])))),
        Runs("jpeg-script-spaces", "is a script whose comment is in its first segment", () => With(Segment(0xFE, Filled("/*"u8, 0x2020, "*/=alert(1)/*"u8)))),
        Runs("jpeg-script-far", "is a script far behind", () => With(Segment(0xFE, new byte[0x2F2A - 2]), Comment(new byte[60_000]), Comment("*/=alert(1)/*"u8), Comment(new byte[60_000]))),
        Good("jpeg-exif-of-12074", "has EXIF of a length that reads as a comment", () => With(Application(1, Filled("Exif\0\0MM\0*"u8, 0x2F2A, "*/ of = 1:1 text and no code"u8)))),
        Good("jpeg-exif-of-12074-signs", "the same, and a sign behind what reads as the comment's end", () => With(Application(1, Filled("Exif\0\0MM\0*"u8, 0x2F2A, "*/=\u00FF"u8)))),
        Good("jpeg-comment-open", "has a comment of a length that reads as one without an end", () => With(Segment(0xFE, new byte[0x2F2A - 2]))),
        Good("jpeg-exif-of-12079", "has EXIF of a length that reads as a comment, and XMP of lines", () => With(Application(1, Filled("Exif\0\0MM\0*"u8, 0x2F2F, [])), Xmp("\n  xmp:Rating=\"1\"\r\n  xmp:Label=\"a\""))),
        Good("jpeg-jfif-apple", "has a word of Apple's behind JFIF", () => With(Application(0, [.. "JFIF\0"u8, 1, 1, 0, 0, 72, 0, 72, 0, 0, .. "AMPF"u8]))),
        Good("jpeg-comment-code", "has code in a comment and a length that reads as none", () => With(Comment("*/=alert(1)/*"u8))),
    ];

    private static IEnumerable<Sample> Odd() =>
    [
        Good("jpeg-block", "is one grey block", () => With()),
        Good("jpeg-fill", "has FF before each marker", () => Of(Start, [0xFF, 0xFF], Quantization, [0xFF], Frame(), Huffman, Scan, Block, [0xFF, 0xFF], End)),
        Good("jpeg-stuffed", "has FF 00 in its scan", () => Of(Start, Head, Scan, [0xFF, 0, 0xFF, 0, .. Block, 0xFF, 0], End)),
        Good("jpeg-restarts", "restarts more than eight times", () => Restarted(12, 0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2)),
        Good("jpeg-restart-behind", "has one restart more, behind its last unit", () => Restarted(2, 0, 1)),
        Good("jpeg-restart-off", "has an interval of 0", () => With(Interval(0))),
        Good("jpeg-lines", "counts its lines behind its scan", () => Of(Start, Quantization, Frame(height: 0), Huffman, Scan, Block, Segment(0xDC, [0, 8]), End)),
        Good("jpeg-lines-again", "counts its lines twice, the same", () => Of(Start, Head, Scan, Block, Segment(0xDC, [0, 8]), End)),
        Good("jpeg-motion", "is a frame of Motion JPEG, without Huffman tables", () => Of(Start, Quantization, Frame(), Scan, Block, End)),
        Good("jpeg-arithmetic-progressive", "is arithmetic and progressive", () => Of(Start, Quantization, Frame(0xCA), Segment(0xCC, [0, 0x10, 0x10, 5]), ScanOf(0, 0), Block, ScanOf(1, 63), Block, End)),
        Good("jpeg-progressive", "is progressive and improves", () => Of(Start, Quantization, Frame(0xC2), Huffman, ScanOf(0, 0, 0x01), Block, ScanOf(1, 63, 0x01), Block, ScanOf(0, 0, 0x10), Block, ScanOf(1, 63, 0x10), Block, End)),
        Good("jpeg-12-bits", "is of 12 bits, with a table of 16", () => Of(Start, Segment(0xDB, [0x10, .. new byte[128]]), Frame(0xC1, precision: 12), Huffman, Scan, Block, End)),
        Good("jpeg-same-names", "names its three components alike", () => Of(Start, Quantization, Frame(components: [1, 0x11, 0, 1, 0x11, 0, 1, 0x11, 0]), Huffman, ScanOf(components: [1, 1, 1]), ThreeBlocks, End)),
        Good("jpeg-scan-by-scan", "has a scan for each component, and new tables between", () => Of(Start, Quantization, Frame(components: Colours), Huffman, Scan, Block, Huffman, ScanOf(components: [2]), Block, Comment("text"u8), ScanOf(components: [3]), Block, End)),
        Good("jpeg-archive-names", "speaks of how archives begin", () => With(Comment("PK\x03\x04, MSCF and MSWIM are how archives begin that are none here"u8))),
        Good("jpeg-phar-told", "speaks of __HALT_COMPILER in a comment, and ends one as a phar ends", () => With(Comment("PHP's __HALT_COMPILER, GBMB"u8))),
        Good("jpeg-segments-full", "has the longest segments, and an empty one", () => With(Comment(new byte[65_533]), Application(15, new byte[65_533]), Comment([]))),
    ];

    private static Sample Damaged(string name, string what, Func<byte[]> bytes) => new($"{name}.jpg", Rules.JpegStructure.Code, what, bytes);

    private static Sample Script(string name, string what, Func<byte[]> bytes) => new($"{name}.jpg", Rules.ScriptInMetadata.Code, what, bytes);

    private static Sample Runs(string name, string what, Func<byte[]> bytes) => new($"{name}.jpg", Rules.Polyglot.Code, what, bytes);

    /// <summary>A segment's content of which the segment is so long, two bytes of its length among them.</summary>
    private static byte[] Filled(ReadOnlySpan<byte> start, int length, ReadOnlySpan<byte> end) => [.. start, .. new byte[length - 2 - start.Length - end.Length], .. end];

    private static Sample Good(string name, string what, Func<byte[]> bytes) => new($"{name}.jpeg", Sample.Accepted, what, bytes);
}
