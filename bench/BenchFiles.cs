using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using Support;

namespace Uploader.Bench;

/// <summary>Files of a format, of about a size, with as much structure as real ones of that size have: what costs an inspection most.</summary>
internal static class BenchFiles
{
    private const int PictureWidth = 1024;
    private const int ChunkLength = 8 << 10;
    private const int PartLength = 64 << 10;

    public static IReadOnlyDictionary<string, Func<int, byte[]>> ByExtension { get; } = new Dictionary<string, Func<int, byte[]>>(StringComparer.Ordinal)
    {
        ["jpg"] = Jpeg,
        ["png"] = Png,
        ["pdf"] = Pdf,
        ["docx"] = Docx,
        ["mp4"] = Mp4,
    };

    /// <summary>All scan data, with an escaped FF in every 256 bytes, as noise has.</summary>
    private static byte[] Jpeg(int size)
    {
        var frame = Bytes.Jpeg(200);
        var scan = new MemoryStream(size);
        foreach (var b in Noise(size - size / 256 - frame.Length))
        {
            scan.WriteByte(b);
            if (b == 0xFF)
                scan.WriteByte(0);
        }

        return [.. frame[..^2], .. scan.ToArray(), .. frame[^2..]];
    }

    /// <summary>A picture of noise in IDATs of 8 KiB, as libpng writes them.</summary>
    private static byte[] Png(int size)
    {
        const int Row = 1 + 3 * PictureWidth;
        var rows = Math.Max(1, size / Row);
        var pixels = Noise(rows * Row);
        for (var row = 0; row < rows; row++)
            pixels[row * Row] = 0;

        var packed = Packed(pixels);
        var file = new MemoryStream(size);
        file.Write([0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n']);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, PictureWidth);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), rows);
        (header[8], header[9]) = (8, 2);
        Chunk(file, "IHDR"u8, header);
        foreach (var part in packed.Chunk(ChunkLength))
            Chunk(file, "IDAT"u8, part);
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>Pictures of 64 KiB in streams, and a page that shows none of them.</summary>
    private static byte[] Pdf(int size)
    {
        var file = new MemoryStream(size);
        var offsets = new List<long>();
        Text(file, "%PDF-1.4\n");
        Object("<</Type/Catalog/Pages 2 0 R>>");
        Object("<</Type/Pages/Kids[3 0 R]/Count 1>>");
        Object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>");
        while (file.Length < size - PartLength / 8)
        {
            var content = Packed(Noise((int)Math.Min(PartLength, Math.Max(1024, size - file.Length - 512))));
            offsets.Add(file.Length);
            Text(file, string.Create(CultureInfo.InvariantCulture, $"{offsets.Count} 0 obj\n<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode/Length {content.Length}>>\nstream\n"));
            file.Write(content);
            Text(file, "\nendstream\nendobj\n");
        }

        var table = file.Length;
        Text(file, string.Create(CultureInfo.InvariantCulture, $"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n"));
        offsets.ForEach(offset => Text(file, string.Create(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n")));
        Text(file, string.Create(CultureInfo.InvariantCulture, $"trailer\n<</Size {offsets.Count + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n"));
        return file.ToArray();

        void Object(string content)
        {
            offsets.Add(file.Length);
            Text(file, string.Create(CultureInfo.InvariantCulture, $"{offsets.Count} 0 obj\n{content}\nendobj\n"));
        }
    }

    /// <summary>The smallest document, and pictures of 64 KiB.</summary>
    private static byte[] Docx(int size)
    {
        var file = new MemoryStream(size);
        file.Write(Bytes.Docx(4000));
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            for (int picture = 2, left = size - 4000; left > 1024; picture++, left -= PartLength + 256)
            {
                var entry = zip.CreateEntry(string.Create(CultureInfo.InvariantCulture, $"word/media/image{picture}.png"), CompressionLevel.Optimal);
                using var part = entry.Open();
                part.Write(Noise(Math.Min(PartLength, left)));
            }
        }

        return file.ToArray();
    }

    /// <summary>A real film, and more media data behind it.</summary>
    private static byte[] Mp4(int size)
    {
        var film = File.ReadAllBytes(Directory.EnumerateFiles(Checkout.Of("tests", "Samples", "mp4"), "*.mp4").Where(file => new FileInfo(file).Length < 8 << 10).Order(StringComparer.Ordinal).First());
        var data = Noise(size - film.Length - 8);
        var header = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(header, data.Length + header.Length);
        "mdat"u8.CopyTo(header.AsSpan(4));
        return [.. film, .. header, .. data];
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        var crc = new Crc32();
        crc.Append(type);
        crc.Append(content);
        file.Write(type);
        file.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, crc.GetCurrentHashAsUInt32());
        file.Write(number);
    }

    private static byte[] Packed(byte[] bytes)
    {
        var packed = new MemoryStream(bytes.Length);
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] Noise(int length) => RandomNumberGenerator.GetBytes(length);

    private static void Text(MemoryStream file, string text) => file.Write(Encoding.ASCII.GetBytes(text));
}
