using Uploader.Inspection;
using static Inspection.Tests.Samples.PngFile;

namespace Inspection.Tests.Samples;

/// <summary>PNGs that are none, are more than that, or are none that a reader would take; and what is odd but right.</summary>
internal static class PngSamples
{
    private static readonly byte[] Palette = Chunk("PLTE", [1, 2, 3, 4, 5, 6]);
    private static readonly byte[] Physical = Chunk("pHYs", [0, 0, 1, 0, 0, 0, 1, 0, 0]);

    public static IEnumerable<Sample> All { get; } = [.. Structure(), .. Headers(), .. Lengths(), .. Packed(), .. Animations(), .. Polyglots(), .. Odd()];

    private static IEnumerable<Sample> Structure() =>
    [
        Damaged("png-signature-only", "ends after its signature", () => Of()),
        Damaged("png-cut-in-pixels", "ends in the middle of IDAT", () => With()[..^20]),
        Damaged("png-cut-before-end", "has no IEND", () => Of(Header(), Pixels(2))),
        Damaged("png-cut-in-end", "lacks the last byte of IEND's CRC", () => With()[..^1]),
        Damaged("png-no-header", "begins with a palette", () => Of(Palette, Header(), Pixels(2), End)),
        Damaged("png-pixels-first", "begins with pixels", () => Of(Pixels(2), Header(), End)),
        Damaged("png-two-headers", "has two IHDR", () => Of(Header(), Header(2, 2), Pixels(2), End)),
        Damaged("png-no-pixels", "has no IDAT", () => Of(Header(), End)),
        Damaged("png-pixels-apart", "has a chunk between its IDATs", () => Of(Header(), Pixels(2), Text("a", "b"u8), Pixels(2), End)),
        Damaged("png-two-transparencies", "has two tRNS", () => With(Chunk("tRNS", [0, 0]), Chunk("tRNS", [0, 1]))),
        Damaged("png-late-transparency", "has its transparency behind the pixels", () => WithBehind(Chunk("tRNS", [0, 0]))),
        Damaged("apng-twice", "is two animations", () => With(Animation(1), Animation(1), Frame(0))),
        Damaged("png-two-palettes", "has two PLTE", () => Of(Header(colour: 3), Palette, Palette, Pixels(2), End)),
        Damaged("png-no-palette", "is indexed and has no PLTE", () => Of(Header(colour: 3), Pixels(2), End)),
        Damaged("png-late-palette", "has its palette behind the pixels", () => Of(Header(colour: 2), Pixels(4), Palette, End)),
        Damaged("png-grey-palette", "is grey and has a palette", () => With(Palette)),
        Damaged("png-transparency-first", "has transparency of a palette that is yet to come", () => Of(Header(colour: 3), Chunk("tRNS", [0]), Palette, Pixels(2), End)),
        Damaged("png-crc-of-header", "has a bit changed in IHDR", () => Flipped(With(), 18)),
        Damaged("png-crc-of-text", "has a bit changed in a text", () => Flipped(With(Text("Title", "text"u8)), 45)),
        Damaged("png-crc-of-pixels", "has a bit changed in its pixels", () => Flipped(With(), 46)),
        Damaged("png-crc-of-end", "has a bit changed in the CRC of IEND", () => Flipped(With(), With().Length - 1)),
        Damaged("png-name-of-digits", "has a chunk whose type is no letters", () => With(Chunk("ab1c", []))),
        Damaged("png-length-of-32-bits", "has a chunk longer than 2 GiB", () => [.. Start, .. Header(), 0xFF, 0xFF, 0xFF, 0xFF, .. "teXt"u8, .. new byte[64]]),
        Damaged("png-length-beyond-end", "has a chunk longer than the file", () => [.. Start, .. Header(), 0x7F, 0xFF, 0xFF, 0xFF, .. "teXt"u8, .. new byte[64]]),
        Damaged("png-length-too-short", "has a chunk that says it is shorter", () => With([0, 0, 0, 1, .. Text("Title", "text"u8)[4..]])),
        Damaged("png-end-with-content", "has something in IEND", () => Of(Header(), Pixels(2), Chunk("IEND", [0]))),
        new("png-unknown-critical.png", Rules.PngUnknownChunk.Code, "needs a chunk that nobody knows", () => With(Chunk("ABCD", [1]))),
        new("png-cgbi.png", Rules.PngUnknownChunk.Code, "is of Apple's own kind, with pixels that are no zlib stream", () => Of(Chunk("CgBI", [0x50, 0, 0x20, 2]), Header(), Pixels(2), End)),
        new("png-trailing-zero.png", Rules.TrailingData.Code, "has one zero behind IEND", () => [.. With(), 0]),
        new("png-trailing-chunk.png", Rules.TrailingData.Code, "has a chunk behind IEND", () => [.. With(), .. Text("Title", "text"u8)]),
        new("png-trailing-png.png", Rules.TrailingData.Code, "is two pictures, as left behind by a program that wrote a smaller one over it", () => [.. With(), .. With()]),
    ];

    private static IEnumerable<Sample> Headers() =>
    [
        Damaged("png-width-0", "is 0 pixels wide", () => Of(Header(0), Pixels(2), End)),
        Damaged("png-height-0", "is 0 pixels high", () => Of(Header(height: 0), Pixels(2), End)),
        Damaged("png-width-of-32-bits", "is 2^31 pixels wide", () => Of(Header(0x8000_0000), Pixels(2), End)),
        Damaged("png-depth-3", "has 3 bits a pixel", () => Of(Header(depth: 3), Pixels(2), End)),
        Damaged("png-depth-16-indexed", "is indexed by 16 bits", () => Of(Header(depth: 16, colour: 3), Palette, Pixels(3), End)),
        Damaged("png-depth-4-colour", "is of 4 bits a colour", () => Of(Header(depth: 4, colour: 2), Pixels(3), End)),
        Damaged("png-colour-1", "is of colour type 1", () => Of(Header(colour: 1), Pixels(2), End)),
        Damaged("png-compression-1", "is compressed in another way", () => Of(Header(compression: 1), Pixels(2), End)),
        Damaged("png-filter-64", "is filtered in another way, MNG's", () => Of(Header(filter: 64), Pixels(2), End)),
        Damaged("png-interlace-2", "is interlaced in another way", () => Of(Header(interlace: 2), Pixels(2), End)),
        new("png-101-megapixels.png", Rules.TooManyPixels.Code, "is 10100 × 10000", () => Of(Header(10_100, 10_000), Pixels(2), End)),
        new("png-most-pixels.png", Rules.TooManyPixels.Code, "is as large as a header can say", () => Of(Header(int.MaxValue, int.MaxValue), Pixels(2), End)),
        Damaged("png-pixels-too-few", "has a header of 100 megapixels and one byte of them", () => Of(Header(10_000, 10_000), Pixels(2), End)),
        Damaged("png-pixels-too-many", "has much more in IDAT than its one pixel needs", () => Of(Header(), Chunk("IDAT", [.. Zlib([0, 0]), .. new byte[70_000]]), End)),
        Damaged("png-pixels-no-zlib", "has pixels that are raw deflate", () => Of(Header(), Chunk("IDAT", Zlib([0, 0]).AsSpan(2)), End)),
        Damaged("png-pixels-dictionary", "has pixels that need a preset dictionary", () => Of(Header(), Chunk("IDAT", [0x78, 0xBB, 0, 0, 0, 0]), End)),
        Damaged("png-pixels-empty", "has an empty IDAT", () => Of(Header(), Chunk("IDAT", []), End)),
    ];

    private static IEnumerable<Sample> Lengths() =>
        from wrong in new (string Type, int Length)[]
        {
            ("IHDR", 12), ("IHDR", 14), ("PLTE", 0), ("PLTE", 4), ("PLTE", 771), ("tRNS", 0), ("tRNS", 3), ("cHRM", 31), ("gAMA", 3), ("sBIT", 5), ("sRGB", 0),
            ("cICP", 5), ("mDCV", 23), ("cLLI", 7), ("bKGD", 3), ("hIST", 4), ("pHYs", 8), ("tIME", 8), ("acTL", 4), ("fcTL", 25), ("fdAT", 3),
        }
        select Damaged($"png-{wrong.Type}-of-{wrong.Length}", "has a chunk of a length that its type cannot have",
            () => wrong.Type == "IHDR"
                ? Of(Chunk("IHDR", [.. Header()[8..20], .. new byte[wrong.Length - 12]]), Pixels(4), End)
                : Of(Header(colour: 2), Chunk(wrong.Type, new byte[wrong.Length]), Pixels(4), End));

    private static IEnumerable<Sample> Packed() =>
    [
        new("png-bomb-ztxt.png", Rules.Bomb.Code, "has a text that unpacks to 40 MB", () => With(PackedText("Comment", Zlib(new byte[40_000_000])))),
        new("png-bomb-itxt.png", Rules.Bomb.Code, "has an international text that unpacks to 40 MB", () => With(InternationalText("XML:com.adobe.xmp", isPacked: true, Zlib(new byte[40_000_000])))),
        new("png-bomb-iccp.png", Rules.Bomb.Code, "has a colour profile that unpacks to 40 MB", () => With(Profile(Zlib(new byte[40_000_000])))),
        new("png-bomb-parts.png", Rules.Bomb.Code, "has 50 texts that unpack to 1 MB each", () => With([.. Enumerable.Repeat(PackedText("Comment", Zlib(new byte[1_000_000])), 50)])),
        new("png-texts-1001.png", Rules.TooComplex.Code, "has 1001 compressed texts", () => With([.. Enumerable.Repeat(PackedText("Comment", Zlib("text"u8)), 1001)])),
        Damaged("png-ztxt-broken", "has a compressed text that does not unpack", () => With(PackedText("Comment", [0x78, 0x9C, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]))),
        Damaged("png-ztxt-checksum", "has a compressed text whose checksum is wrong", () => With(PackedText("Comment", [.. Zlib("text"u8)[..^1], 0]))),
        Damaged("png-ztxt-method", "has a text that is compressed in another way", () => With(PackedText("Comment", Zlib("text"u8), method: 1))),
        Damaged("png-ztxt-no-keyword", "has a compressed text without a keyword", () => With(PackedText("", Zlib("text"u8)))),
        Damaged("png-ztxt-keyword-80", "has a compressed text whose keyword is too long", () => With(PackedText(new string('k', 80), Zlib("text"u8)))),
        Damaged("png-ztxt-keyword-open", "has a compressed text that is only a keyword", () => With(Chunk("zTXt", "Comment"u8))),
        Damaged("png-itxt-flag", "has an international text that is neither compressed nor not", () => With(Chunk("iTXt", [.. "Title"u8, 0, 2, 0, 0, 0]))),
        Damaged("png-itxt-open", "has an international text that ends in its language", () => With(Chunk("iTXt", [.. "Title"u8, 0, 0, 0, .. "en"u8]))),
        Damaged("png-iccp-broken", "has a colour profile that does not unpack", () => With(Profile([1, 2, 3, 4, 5]))),
    ];

    private static IEnumerable<Sample> Animations() =>
    [
        Damaged("apng-no-frames", "is an animation of no frames", () => With(Animation(0))),
        Damaged("apng-frames-missing", "says it has two frames and has one", () => With(Animation(2), Frame(0))),
        Damaged("apng-frames-beyond", "says it has one frame and has two", () => Of(Header(), Animation(1), Frame(0), Pixels(2), Frame(1), FramePixels(2, 2), End)),
        Damaged("apng-undeclared", "has a frame and is no animation", () => With(Frame(0))),
        Damaged("apng-late", "is an animation only behind its pixels", () => WithBehind(Animation(1), Frame(0), FramePixels(1, 2))),
        Damaged("apng-sequence-gap", "leaves a sequence number out", () => Of(Header(), Animation(2), Frame(0), Pixels(2), Frame(1), FramePixels(3, 2), End)),
        Damaged("apng-sequence-start", "begins its sequence at 1", () => With(Animation(1), Frame(1))),
        Damaged("apng-frame-wide", "has a frame wider than the picture", () => Of(Header(), Animation(1), Pixels(2), Frame(0, width: 2), FramePixels(1, 3), End)),
        Damaged("apng-frame-aside", "has a frame beside the picture", () => Of(Header(), Animation(1), Pixels(2), Frame(0, x: uint.MaxValue), FramePixels(1, 2), End)),
        Damaged("apng-frame-empty", "has a frame of 0 pixels", () => Of(Header(), Animation(1), Pixels(2), Frame(0, height: 0), FramePixels(1, 2), End)),
        Damaged("apng-frame-small-first", "has a first frame smaller than the picture", () => Of(Header(2, 2), Animation(1), Frame(0), Pixels(6), End)),
        Damaged("apng-frame-dispose", "has a frame that ends in no known way", () => With(Animation(1), Frame(0, dispose: 3))),
        Damaged("apng-frame-blend", "has a frame that blends in no known way", () => With(Animation(1), Frame(0, blend: 2))),
        Damaged("apng-frame-no-pixels", "has a frame without pixels", () => Of(Header(), Animation(1), Pixels(2), Frame(0), End)),
        Damaged("apng-pixels-no-frame", "has pixels of no frame", () => Of(Header(), Animation(1), Frame(0), Pixels(2), FramePixels(1, 2), End)),
        Damaged("apng-pixels-no-zlib", "has a frame whose pixels are no zlib stream", () => Of(Header(), Animation(1), Pixels(2), Frame(0), Chunk("fdAT", [0, 0, 0, 1, .. "Rar!"u8]), End)),
    ];

    private static IEnumerable<Sample> Polyglots() =>
    [
        Script("png-php-text", "has PHP in a text", () => With(Text("Comment", "<?php system($_GET['c']); ?>"u8))),
        Script("png-php-keyword", "has PHP in a keyword", () => With(Text("<?php system($_GET['c']); ?>", "text"u8))),
        Script("png-php-ztxt", "has PHP in a compressed text", () => With(PackedText("Comment", Zlib("<?php system($_GET['c']); ?>"u8)))),
        Script("png-php-ztxt-deep", "has PHP behind 100 kB of compressed text", () => With(PackedText("Comment", Zlib([.. new byte[100_000], .. "<?php system($_GET['c']); ?>"u8])))),
        Script("png-php-behind-ztxt", "has PHP behind the end of a compressed text", () => With(PackedText("Comment", [.. Zlib("text"u8), .. "<?php system($_GET['c']); ?>"u8]))),
        Script("png-echo-text", "has a PHP echo behind a comment in a text", () => With(Text("Comment", "<?=/*\u0001*/`$_GET[0]`;?>"u8))),
        Script("png-phar-text", "has a phar's stub in a text", () => With(Text("Comment", "__HALT_COMPILER(); ?>"u8))),
        Script("png-phar-unknown", "has a phar's stub in a chunk that nobody knows", () => With(Chunk("prVt", "__halt_compiler();"u8))),
        Script("png-html-itxt", "has HTML with script in an international text", () => With(InternationalText("Title", isPacked: false, "<html><script>alert(1)</script>"u8))),
        Script("png-html-itxt-packed", "has HTML with script in a compressed international text", () => With(InternationalText("Title", isPacked: true, Zlib("<html><script>alert(1)</script>"u8)))),
        Script("png-xmp-script", "has script in XMP", () => With(InternationalText("XML:com.adobe.xmp", isPacked: false, "<x:xmpmeta><script>alert(1)</script></x:xmpmeta>"u8))),
        Script("png-php-exif", "has PHP in EXIF", () => With(Chunk("eXIf", [.. "II*\0"u8, 8, 0, 0, 0, 0, 0, .. "<?php system($_GET['c']); ?>"u8]))),
        Script("png-php-palette", "has PHP in its palette", () => Of(Header(colour: 3), Chunk("PLTE", "<?php eval($_GET[1]); ?>"u8), Pixels(2), End)),
        Script("png-php-unknown", "has PHP in a chunk that nobody knows", () => With(Chunk("prVt", "<?php system($_GET['c']); ?>"u8))),
        Script("png-php-iccp", "has PHP in its colour profile", () => With(Profile(Zlib("<?php system($_GET['c']); ?>"u8)))),
        Script("png-php-behind", "has PHP in a text behind its pixels", () => WithBehind(Text("Comment", "<?php system($_GET['c']); ?>"u8))),
        new("png-then-php.png", Rules.TrailingData.Code, "has PHP behind IEND", () => [.. With(), .. "<?php system($_GET['c']); ?>"u8]),
        new("png-then-zip.png", Rules.TrailingData.Code, "has a ZIP behind IEND", () => [.. With(), .. "PK\x05\x06"u8, .. new byte[18]]),
        new("png-zip-text.png", Rules.Polyglot.Code, "has a ZIP in its last text, with the rest of the PNG for its comment", () => WithBehind(Text("Comment", [.. "PK\x05\x06"u8, .. new byte[16], 16, 0]))),
        new("png-elf-unknown.png", Rules.Polyglot.Code, "has a program for Linux in a chunk that nobody knows", () => With(Chunk("prVt", [0x7F, .. "ELF"u8, 2, 1, 1, .. new byte[57]]))),
        new("png-pe-ztxt.png", Rules.Polyglot.Code, "has a program for Windows in a compressed text", () => With(PackedText("Comment", Zlib([.. "MZ"u8, .. new byte[76], .. "This program cannot be run in DOS mode."u8, .. new byte[64]])))),
        new("png-rar-text.png", Rules.Polyglot.Code, "has a RAR archive in a text", () => With(Text("Comment", [.. "Rar!\x1A\x07"u8, 1, 0, .. new byte[40]]))),
        new("png-zip-entry-unknown.png", Rules.Polyglot.Code, "has a ZIP's entry in a chunk that nobody knows", () => With(Chunk("prVt", Archived.Zip))),
        new("png-cab-text.png", Rules.Polyglot.Code, "has a cabinet in a text", () => With(Text("Comment", Archived.Cabinet))),
        new("png-wim-unknown.png", Rules.Polyglot.Code, "has a Windows image in a chunk that nobody knows", () => With(Chunk("prVt", Archived.Wim))),
        new("png-nsis-unknown.png", Rules.Polyglot.Code, "has an installer in a chunk that nobody knows", () => With(Chunk("prVt", Archived.Installer))),
        new("png-pdf-headless.png", Rules.Polyglot.Code, "has a PDF without header in a chunk that nobody knows", () => With(Chunk("prVt", Archived.Pdf))),
        new("png-pdf-late.png", Rules.Polyglot.Code, "has a PDF whose header comes late in a text", () => With(Text("Comment", [.. new byte[2000], .. "%PDF-1.4"u8, .. Archived.Pdf]))),
        new("png-pdf-text.png", Rules.Polyglot.Code, "has a PDF in a text", () => With(Text("Comment", "%PDF-1.4\n1 0 obj"u8))),
    ];

    private static IEnumerable<Sample> Odd() =>
    [
        Good("png-pixel", "is one pixel", () => With()),
        Good("png-palette-suggested", "is of true colour and suggests a palette", () => Of(Header(colour: 2), Palette, Pixels(4), End)),
        Good("png-palette-long", "has more colours than its pixels can name", () => Of(Header(depth: 1, colour: 3), Chunk("PLTE", new byte[768]), Pixels(2), End)),
        Good("png-palette-transparent", "is indexed and partly transparent", () => Of(Header(colour: 3), Palette, Chunk("tRNS", [0]), Chunk("bKGD", [1]), Chunk("hIST", new byte[4]), Pixels(2), End)),
        Good("png-gamma-behind-palette", "has its gamma behind its palette", () => Of(Header(colour: 3), Palette, Chunk("gAMA", [0, 0, 0xB1, 0x8F]), Pixels(2), End)),
        Good("png-pixels-by-byte", "has an IDAT for each byte, and empty ones", () => Of([Header(), .. Zlib([0, 0]).SelectMany(b => new[] { Chunk("IDAT", [b]), Chunk("IDAT", []) }), End])),
        Good("png-texts", "has texts of each kind, before and behind its pixels", () => Of(Header(), Physical, Text("Title", "text"u8), PackedText("Title", Zlib("text"u8)), InternationalText("Title", isPacked: false, "text"u8), Pixels(2), InternationalText("Title", isPacked: true, Zlib("text"u8)), Chunk("tIME", [7, 234, 1, 1, 0, 0, 0]), Chunk("eXIf", [.. "MM\0*"u8, 0, 0, 0, 8, 0, 0]), End)),
        Good("png-text-empty", "has texts of nothing", () => With(Text("Title", []), Text("", []), PackedText("Title", [0x78, 0x9C, 3, 0, 0, 0, 0, 1]))),
        Good("png-converted", "keeps what belonged to another type of colour", () => With(Chunk("sBIT", [8, 8, 8]), Chunk("bKGD", [1]))),
        Good("png-spaces", "has every colour space there is", () => With(Chunk("cICP", [9, 16, 0, 1]), Chunk("sRGB", [0]), Chunk("gAMA", [0, 0, 0xB1, 0x8F]), Chunk("cHRM", new byte[32]), Profile(Zlib("icc"u8)), Chunk("mDCV", new byte[24]), Chunk("cLLI", new byte[8]), Chunk("sBIT", [8]))),
        Good("png-unknown", "has chunks that nobody knows, one without content", () => With(Chunk("prVt", "text"u8), Chunk("emTy", []))),
        Good("png-archive-names", "speaks of how archives begin", () => With(Text("Comment", "PK\x03\x04, MSCF and MSWIM are how archives begin that are none here"u8))),
        Good("png-100-megapixels", "is 10000 × 10000, all black", () => Of(Header(10_000, 10_000, depth: 1), Pixels(10_000 * 1251), End)),
        Good("png-interlaced", "is 3 × 3, interlaced", () => Of(Header(3, 3, interlace: 1), Pixels(15), End)),
        Good("png-gamma-late", "has its gamma behind the pixels, and again", () => WithBehind(Chunk("gAMA", [0, 0, 0, 1]), Chunk("gAMA", [0, 0, 0, 2]))),
        Good("png-two-profiles", "has two colour profiles", () => With(Profile(Zlib("icc"u8)), Profile(Zlib("icc"u8)))),
        Good("png-ztxt-cut", "has a compressed text and a profile without checksums", () => With(PackedText("Comment", Zlib("a text"u8).AsSpan()[..^4]), Profile(Zlib("icc"u8).AsSpan()[..^4]))),
        Good("png-ztxt-no-text", "has a compressed text of nothing", () => With(PackedText("Comment", []))),
        Good("apng-two", "is an animation of two frames", () => Of(Header(2, 2), Animation(2), Frame(0, 2, 2), Pixels(6), Frame(1, 1, 1, 1, 1), FramePixels(2, 2), End)),
        Good("apng-hidden", "is an animation whose still picture is no frame, with the pixels of a frame in two chunks", () => Of(Header(), Animation(1), Pixels(2), Frame(0), FramePixels(1, 2), Chunk("fdAT", [0, 0, 0, 2]), End)),
    ];

    private static Sample Damaged(string name, string what, Func<byte[]> bytes) => new($"{name}.png", Rules.PngStructure.Code, what, bytes);

    private static Sample Script(string name, string what, Func<byte[]> bytes) => new($"{name}.png", Rules.ScriptInMetadata.Code, what, bytes);

    private static Sample Good(string name, string what, Func<byte[]> bytes) => new($"{name}.png", Sample.Accepted, what, bytes);

    private static byte[] Flipped(byte[] file, int at)
    {
        file[at] ^= 0x10;
        return file;
    }
}
