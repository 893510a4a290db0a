using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Inspection.Tests.Samples;

/// <summary>Writes a PDF part by part, and knows where each object is.</summary>
internal sealed class PdfBuilder
{
    private readonly MemoryStream _file = new();
    private readonly SortedDictionary<int, string> _entries = [];
    private long? _previous;

    public PdfBuilder(string header = "%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n") => Raw(header);

    public long Offset => _file.Length;

    /// <summary>A document of one empty page, objects 1 to 3.</summary>
    /// <param name="catalog">What else stands in its catalog.</param>
    public static PdfBuilder Document(string catalog = "") => new PdfBuilder()
        .Object(1, $"<</Type/Catalog/Pages 2 0 R{catalog}>>")
        .Object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>")
        .Object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>");

    public PdfBuilder Raw(string text) => Raw(Encoding.Latin1.GetBytes(text));

    public PdfBuilder Raw(byte[] bytes)
    {
        _file.Write(bytes);
        return this;
    }

    public PdfBuilder Object(int number, string content) => Here(number).Raw($"{number} 0 obj\n{content}\nendobj\n");

    public PdfBuilder Stream(int number, string entries, byte[] content, string? length = null) =>
        Here(number).Raw($"{number} 0 obj\n<</Length {length ?? content.Length.ToString(CultureInfo.InvariantCulture)}{entries}>>\nstream\n").Raw(content).Raw("\nendstream\nendobj\n");

    public PdfBuilder Stream(int number, string entries, string content) => Stream(number, entries, Encoding.Latin1.GetBytes(content));

    /// <summary>Objects packed together; only a cross-reference stream refers to them.</summary>
    public PdfBuilder ObjectStream(int number, params (int Number, string Content)[] objects) => ObjectStream(number, "/Type/ObjStm/Filter/FlateDecode", Deflate, objects);

    public PdfBuilder ObjectStream(int number, string entries, Func<byte[], byte[]> pack, params (int Number, string Content)[] objects)
    {
        var (heads, bodies) = (new StringBuilder(), new StringBuilder());
        foreach (var (inner, content) in objects)
        {
            heads.Append(CultureInfo.InvariantCulture, $"{inner} {bodies.Length} ");
            bodies.Append(content).Append('\n');
        }

        for (var i = 0; i < objects.Length; i++)
            Entry(objects[i].Number, number, i);
        return Stream(number, $"{entries}/N {objects.Length}/First {heads.Length}", pack(Encoding.Latin1.GetBytes($"{heads}{bodies}")));
    }

    /// <summary>Says that an object is where it is not.</summary>
    public PdfBuilder Entry(int number, long offset)
    {
        _entries[number] = $"1 {offset} 0";
        return this;
    }

    /// <summary>Says that an object is in this place of an object stream.</summary>
    public PdfBuilder Entry(int number, int stream, int index)
    {
        _entries[number] = $"2 {stream} {index}";
        return this;
    }

    public PdfBuilder Here(int number) => Entry(number, Offset);

    /// <summary>A cross-reference table of what came since the last one, a trailer and the end.</summary>
    public PdfBuilder Table(string trailer = "/Root 1 0 R")
    {
        var start = Offset;
        Raw(_previous is null ? "xref\n0 1\n0000000000 65535 f \n" : "xref\n");
        foreach (var (number, entry) in _entries)
        {
            var fields = entry.Split(' ');
            Raw($"{number} 1\n{long.Parse(fields[1], CultureInfo.InvariantCulture):D10} {int.Parse(fields[2], CultureInfo.InvariantCulture):D5} n \n");
        }

        var previous = _previous is { } offset ? $"/Prev {offset}" : "";
        Raw($"trailer\n<</Size 99{trailer}{previous}>>\n");
        return End(start);
    }

    /// <summary>The same as a stream.</summary>
    public PdfBuilder CrossReferenceStream(int number, string entries = "/Root 1 0 R")
    {
        var start = Offset;
        Here(number);
        var lines = new MemoryStream();
        foreach (var fields in _entries.Values.Select(entry => entry.Split(' ').Select(field => uint.Parse(field, CultureInfo.InvariantCulture)).ToArray()))
            lines.Write([(byte)fields[0], (byte)(fields[1] >> 24), (byte)(fields[1] >> 16), (byte)(fields[1] >> 8), (byte)fields[1], (byte)fields[2]]);
        var index = string.Join(' ', _entries.Keys.Select(key => $"{key} 1"));
        var previous = _previous is { } offset ? $"/Prev {offset}" : "";
        Stream(number, $"/Type/XRef/Filter/FlateDecode/Size 99/W[1 4 1]/Index[{index}]{entries}{previous}", Deflate(lines.ToArray()));
        return End(start);
    }

    public PdfBuilder End(long start)
    {
        Raw($"startxref\n{start}\n%%EOF\n");
        _previous = start;
        _entries.Clear();
        return this;
    }

    public byte[] ToArray() => _file.ToArray();

    public static byte[] Deflate(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(bytes);
        return packed.ToArray();
    }
}
