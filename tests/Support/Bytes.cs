using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Support;

/// <summary>Well-formed files of the allowed types, of exactly the size asked for; another seed makes another file of that size.</summary>
public static class Bytes
{
    public const int MiB = 1024 * 1024;

    private static readonly byte[] PngSignature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>One grey pixel, after its start marker (FF D8).</summary>
    private static readonly byte[] JpegPixel = Convert.FromHexString(
        "FFDB004300030202020202030202020303030304060404040404080606050609080A0A090809090A0C0F0C0A0B0E0B09090D110D0E0F"
        + "101011100A0C12131210130F101010FFC9000B080001000101011100FFCC000600101005FFDA0008010100003F00D2CF20FFD9");

    /// <summary>The extensions that are allowed by default, each with a file of its type.</summary>
    public static IReadOnlyDictionary<string, Func<int, int, byte[]>> ByExtension { get; } = new Dictionary<string, Func<int, int, byte[]>>(
        StringComparer.Ordinal)
    {
        ["jpg"] = Jpeg,
        ["jpeg"] = Jpeg,
        ["png"] = Png,
        ["pdf"] = Pdf,
        ["docx"] = Docx,
        ["mp4"] = Mp4,
    };

    /// <summary>One black pixel; the rest is a private ancillary chunk.</summary>
    public static byte[] Png(int size = 100, int seed = 0)
    {
        byte[] header = [.. PngSignature, .. PngChunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])];
        byte[] rest = [.. PngChunk("IDAT", [0x78, 0x9C, 0x63, 0x60, 0x00, 0x00, 0x00, 0x02, 0x00, 0x01]), .. PngChunk("IEND", [])];
        return [.. header, .. PngChunk("fiLr", Filler(Left(size, header.Length + rest.Length + 12), seed)), .. rest];
    }

    /// <summary>One black pixel, and a private ancillary chunk of this content.</summary>
    public static byte[] PngHolding(byte[] content) =>
        [.. PngSignature, .. PngChunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]), .. PngChunk("fiLr", content), .. Png()[(100 - 34)..]];

    /// <summary>One grey pixel; the rest is comments.</summary>
    public static byte[] Jpeg(int size = 200, int seed = 0)
    {
        const int LongestComment = 65_533;
        var file = new MemoryStream(size);
        file.Write([0xFF, 0xD8]);
        var left = Left(size, 2 + JpegPixel.Length);
        while (left > 0)
        {
            // A comment is four bytes at least, so the last two share what is left.
            var content = left <= LongestComment + 4 ? left - 4 : Math.Min(LongestComment, left - 8);
            file.Write([0xFF, 0xFE, (byte)((content + 2) >> 8), (byte)(content + 2)]);
            file.Write(Filler(content, seed));
            left -= content + 4;
        }

        file.Write(JpegPixel);
        return file.ToArray();
    }

    /// <summary>One empty page; the rest is a comment.</summary>
    public static byte[] Pdf(int size = 1000, int seed = 0)
    {
        var file = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        string[] objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"];
        foreach (var content in objects)
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{offsets.Count} 0 obj\n{content}\nendobj\n");
        }

        var tableLength = 9 + 20 * (offsets.Count + 1);
        var comment = Left(size, file.Length + tableLength + PdfTrailer(0).Length + 2);
        file.Append('%').Append(string.Create(comment, seed, (text, s) => text.Fill((char)('a' + s % 26)))).Append('\n');
        var table = file.Length;
        file.Append("xref\n0 4\n0000000000 65535 f \n");
        offsets.ForEach(offset => file.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n"));
        file.Append(PdfTrailer(table));
        return Encoding.ASCII.GetBytes(file.ToString());
    }

    /// <summary>An empty document; the rest is a stored part.</summary>
    public static byte[] Docx(int size = 4000, int seed = 0) => DocxWith(Left(size, DocxWith(0, seed).Length), seed);

    /// <summary>A film without a track; the rest is media data.</summary>
    public static byte[] Mp4(int size = 400, int seed = 0)
    {
        var movieHeader = new byte[100];
        BinaryPrimitives.WriteInt32BigEndian(movieHeader.AsSpan(12), 1000); // time scale
        BinaryPrimitives.WriteInt32BigEndian(movieHeader.AsSpan(20), 0x00010000); // rate 1.0
        BinaryPrimitives.WriteInt32BigEndian(movieHeader.AsSpan(96), 1); // next track
        byte[] start = [.. Mp4Box("ftyp", [.. "isom"u8, 0, 0, 2, 0, .. "isomiso2mp41"u8]), .. Mp4Box("moov", Mp4Box("mvhd", movieHeader))];
        return [.. start, .. Mp4Box("mdat", Filler(Left(size, start.Length + 8), seed))];
    }

    /// <summary>Looks random, is the same each time (xorshift).</summary>
    private static byte[] Filler(int length, int seed)
    {
        var bytes = new byte[length];
        var state = (ulong)seed * 0x9E3779B97F4A7C15 + 0x2545F4914F6CDD1D;
        for (var i = 0; i < length; i++)
        {
            if (i % 8 == 0)
            {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
            }

            bytes[i] = (byte)(state >> (i % 8 * 8));
        }

        return bytes;
    }

    private static int Left(int size, int frame)
        => size >= frame ? size - frame : throw new ArgumentOutOfRangeException(nameof(size), size, $"The smallest is {frame} bytes");

    /// <summary>Ten digits for the offset of the table, so that the length of the file does not hang on its value.</summary>
    private static string PdfTrailer(int table)
        => string.Create(CultureInfo.InvariantCulture, $"trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n{table:D10}\n%%EOF\n");

    private static byte[] PngChunk(string type, byte[] content)
    {
        var chunk = new byte[content.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        Encoding.ASCII.GetBytes(type, chunk.AsSpan(4));
        content.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(content.Length + 8), Crc32(chunk.AsSpan(4, content.Length + 4)));
        return chunk;
    }

    /// <summary>The CRC of ISO 3309, as PNG wants it.</summary>
    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        Span<uint> table = stackalloc uint[256];
        for (var i = 0u; i < 256; i++)
        {
            var entry = i;
            for (var bit = 0; bit < 8; bit++)
            {
                entry = (entry & 1) == 0 ? entry >> 1 : 0xEDB88320 ^ (entry >> 1);
            }

            table[(int)i] = entry;
        }

        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc = table[(byte)(crc ^ b)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static byte[] DocxWith(int filler, int seed)
    {
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part(zip, "[Content_Types].xml", """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""u8.ToArray());
            Part(zip, "_rels/.rels", """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"""u8.ToArray());
            Part(zip, "word/document.xml", """<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p/></w:body></w:document>"""u8.ToArray());
            Part(zip, "word/media/image1.png", Filler(filler, seed));
        }

        return file.ToArray();
    }

    private static void Part(ZipArchive zip, string name, byte[] content)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
        // The zip format's own beginning of time: the same file each time.
        entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var part = entry.Open();
        part.Write(content);
    }

    private static byte[] Mp4Box(string type, byte[] content)
    {
        var box = new byte[content.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        Encoding.ASCII.GetBytes(type, box.AsSpan(4));
        content.CopyTo(box, 8);
        return box;
    }
}
