using Support;
using Uploader.Inspection;
using static Inspection.Tests.Samples.JpegFile;

namespace Inspection.Tests.Samples;

/// <summary>What is behind EOI: what cameras append, and what they do not.</summary>
internal static class JpegTrailerSamples
{
    private static readonly byte[] Film = Bytes.Mp4();
    private static readonly byte[] MotionPhoto = With(Xmp("GCamera:MotionPhoto=\"1\""));
    private static readonly byte[] Exif = Application(1, [.. "Exif\0\0II*\0"u8, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    private static readonly byte[] OfCamera = With(Exif);

    public static IEnumerable<Sample> All { get; } = [.. Bad(), .. Good()];

    private static IEnumerable<Sample> Bad() =>
    [
        Trailing("jpeg-then-php", "has PHP behind EOI", () => [.. With(), .. "<?php system($_GET['c']); ?>"u8]),
        Trailing("jpeg-then-php-far", "has PHP behind EOI and 100 kB of zeros", () => [.. With(), .. new byte[100_000], .. "<?php system($_GET['c']); ?>"u8]),
        Trailing("jpeg-then-zip", "has a ZIP behind EOI", () => [.. With(), .. "PK\x05\x06"u8, .. new byte[18]]),
        Trailing("jpeg-then-jpeg", "has another picture behind EOI that nothing announces", () => [.. With(), .. With()]),
        Trailing("jpeg-then-film", "has a film behind EOI that nothing announces", () => [.. With(), .. Film]),
        Trailing("jpeg-then-end", "has EOI twice", () => [.. With(), .. End]),
        Trailing("mpf-elsewhere", "has its other picture not where its index says", () => [.. MultiPicture(With(), gap: 5)[..^With().Length], 1, .. With()]),
        Trailing("mpf-no-picture", "has something else where its index says a picture is", () => MultiPicture([.. "Rar?"u8])),
        Trailing("camera-then-php", "is of a camera and has PHP behind EOI", () => [.. OfCamera, .. "<?php system($_GET['c']); ?>"u8]),
        Trailing("jpeg-then-page", "has a page of something behind EOI and no index", () => [.. With(), .. new byte[100], .. Something(1000)]),
        Trailing("jpeg-then-bell", "has a control character behind EOI that is no white space", () => [.. With(), 7]),
        Trailing("jpeg-then-lines-php", "has PHP behind EOI and lines", () => [.. With(), .. "\r\n\t \n<?php system($_GET['c']); ?>"u8]),
        Trailing("mpf-filled", "has a page and more of something else than padding between its pictures", () => MultiPicture(With(), gap: 4096, padding: 0xA5)),
        Trailing("mpf-filled-behind", "has a page and more of something else than padding behind its pictures", () => [.. MultiPicture(With()), .. Something(4096)]),
        Trailing("mpf-filled-film", "has a film behind its pictures that nothing announces", () => [.. MultiPicture(With()), .. Bytes.Mp4(5000)]),
        new("mpf-then-php.jpg", Rules.ScriptInMetadata.Code, "has PHP behind its other picture", () => [.. MultiPicture(With()), .. "<?php system($_GET['c']); ?>"u8]),
        new("mpf-php-between.jpg", Rules.ScriptInMetadata.Code, "has PHP between its pictures, in a page of zeros", () => Between([.. new byte[500], .. "<?php system($_GET['c']); ?>"u8, .. new byte[500]])),
        new("mpf-zip-between.jpg", Rules.Polyglot.Code, "has a ZIP's entry between its pictures", () => Between([.. new byte[500], .. Archived.Zip, .. new byte[500]])),
        new("mpf-php-blocks.jpg", Rules.ScriptInMetadata.Code, "has PHP in the rest of its last block", () => Blocks([.. MultiPicture(With()), .. "<?php system($_GET['c']); ?>"u8])),
        Damaged("mpf-cut", "has another picture that is cut off", () => MultiPicture(With()[..^2])),
        Damaged("mpf-damaged", "has another picture that is damaged", () => MultiPicture(Restarted(4, 0, 2, 3))),
        new("mpf-php.jpg", Rules.ScriptInMetadata.Code, "has PHP in a comment of its other picture", () => MultiPicture(With(Comment("<?php system($_GET['c']); ?>"u8)))),
        new("mpf-pixels.jpg", Rules.TooManyPixels.Code, "has another picture of 4 gigapixels", () => MultiPicture(Of(Start, Quantization, Frame(width: 65_535, height: 65_535), Huffman, Scan, Block, End))),
        Trailing("camera-65", "is of a camera and has 65 pictures behind EOI", () => [.. OfCamera, .. Enumerable.Repeat(With(), 65).SelectMany(picture => picture)]),
        Trailing("motion-photo-of-php", "announces a film and has PHP", () => [.. MotionPhoto, .. "<?php system($_GET['c']); ?>"u8]),
        Trailing("samsung-no-blocks", "ends as Samsung's files, without blocks", () => [.. With(), .. Samsung()]),
        Trailing("samsung-overlap", "has Samsung's directory, which names more than there is", () => [.. With(), .. Samsung(SamsungBlock("Image_UTC_Data", "1500000000000"u8))[4..]]),
        Trailing("samsung-gap", "has something between Samsung's blocks and their directory", () => [.. With(), .. SamsungBlock("A", "1"u8), 1, 2, 3, .. Samsung(SamsungBlock("A", "1"u8)).AsSpan(SamsungBlock("A", "1"u8).Length)]),
        Trailing("samsung-then-byte", "has a byte behind Samsung's blocks", () => [.. With(), .. Samsung(SamsungBlock("Image_UTC_Data", "1500000000000"u8)), 1]),
        Trailing("samsung-before-blocks", "has PHP before Samsung's blocks", () => [.. With(), .. "<?php"u8, .. Samsung(SamsungBlock("Image_UTC_Data", "1500000000000"u8))]),
        new("samsung-php.jpg", Rules.ScriptInMetadata.Code, "has PHP in a block of Samsung's", () => [.. With(), .. Samsung(SamsungBlock("Image_UTC_Data", "<?php system($_GET['c']); ?>"u8))]),
    ];

    private static IEnumerable<Sample> Good() =>
    [
        Accepted("jpeg-padded", "is padded by zeros", () => [.. With(), .. new byte[100_000]]),
        Accepted("jpeg-then-newline", "has a newline behind EOI", () => [.. With(), (byte)'\n']),
        Accepted("jpeg-then-lines", "has white space of all kinds behind EOI", () => [.. With(), .. "\r\n\t  \0\n"u8]),
        Accepted("jpeg-then-ff", "has FF behind EOI", () => [.. With(), .. Enumerable.Repeat((byte)0xFF, 100_000)]),
        Accepted("camera-then-ff", "is of a camera and has a preview behind FF", () => [.. OfCamera, 0xFF, 0xFF, .. With(), 0xFF]),
        Accepted("motion-photo-padded", "has a film behind padding, and its length is padding too", () => [.. MotionPhoto, .. "\n\n"u8, .. Mp4Film.Film()]),
        Accepted("mpf-page", "has text and zeros in front of its other picture and behind it, as drones leave them", () =>
            [.. Between([.. new byte[1000], .. "[Focus 0.5]"u8, 0, 0xFF, 1, .. new byte[2000]]), .. new byte[300], .. Something(200), .. new byte[700]]),
        Accepted("mpf-two", "has another picture, named by its index", () => MultiPicture(With())),
        Accepted("mpf-two-little", "the same in little endian, with zeros between and behind", () => [.. MultiPicture(With(), gap: 70_000, isLittle: true), 0, 0]),
        Accepted("mpf-blocks", "has whatever was in memory up to the end of each block of 512 bytes", () => Blocks(MultiPicture(With(), gap: Rest(MultiPicture([])), padding: 0xA5))),
        Accepted("mpf-alone", "has an index of another picture that is no longer there", () => MultiPicture([])),
        Accepted("camera-preview", "is of a camera and has a preview behind EOI", () => [.. OfCamera, .. With()]),
        Accepted("motion-photo", "has a film behind EOI", () => [.. MotionPhoto, .. Film]),
        Accepted("motion-photo-gain-map", "has a gain map and a film behind EOI", () => [.. With(Exif, Xmp("GCamera:MotionPhoto=\"1\"")), .. With(), .. Film]),
        Accepted("micro-video", "is the older kind of it", () => [.. With(Xmp("GCamera:MicroVideo=\"1\" GCamera:MicroVideoOffset=\"400\"")), .. Film]),
        Accepted("samsung", "has Samsung's blocks behind EOI", () => [.. With(), .. Samsung(SamsungBlock("Image_UTC_Data", "1500000000000"u8), SamsungBlock("MCC_Data", "262"u8))]),
        Accepted("samsung-film", "has a film in a block of Samsung's", () => [.. With(), 0, 0, .. Samsung(SamsungBlock("MotionPhoto_Data", Film), SamsungBlock("MCC_Data", "262"u8))]),
    ];

    /// <summary>That is neither padding nor anything else.</summary>
    private static byte[] Something(int length) => [.. Enumerable.Repeat((byte)0xA5, length)];

    /// <summary>Pictures of an index with this between them.</summary>
    private static byte[] Between(byte[] remains)
    {
        var file = MultiPicture(With(), gap: remains.Length);
        remains.CopyTo(file, file.Length - With().Length - remains.Length);
        return file;
    }

    /// <summary>How many bytes are left up to the end of its block.</summary>
    private static int Rest(byte[] file) => (512 - file.Length % 512) % 512;

    private static byte[] Blocks(byte[] file) => [.. file, .. Enumerable.Repeat((byte)0xA5, Rest(file))];

    private static Sample Trailing(string name, string what, Func<byte[]> bytes) => new($"{name}.jpg", Rules.TrailingData.Code, what, bytes);

    private static Sample Damaged(string name, string what, Func<byte[]> bytes) => new($"{name}.jpg", Rules.JpegStructure.Code, what, bytes);

    private static Sample Accepted(string name, string what, Func<byte[]> bytes) => new($"{name}.jpeg", Sample.Accepted, what, bytes);
}
