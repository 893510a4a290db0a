using System.Buffers.Binary;
using System.Text;

namespace Inspection.Tests.Samples;

/// <summary>Makes films of boxes. A film has one track of two chunks unless it is told otherwise.</summary>
internal static class Mp4Film
{
    /// <summary>Of the smallest film's media data.</summary>
    public static byte[] Media => [.. Enumerable.Repeat((byte)0xAB, 64)];

    public static byte[] TypeBox => Box("ftyp", "isom"u8.ToArray(), Number(512), "isomiso2avc1mp41"u8.ToArray());

    public static byte[] MovieHeader => Box("mvhd", new byte[12], Number(1000), Number(1000), Number(0x10000), new byte[76]);

    public static byte[] OwnMedia => Box("url ", Number(1));

    /// <summary>File type, movie, media data; the movie in front of its media.</summary>
    public static byte[] Film() => Film(offsets => Movie(Track(SampleTable(offsets))));

    /// <param name="movie">Made of where the two chunks are.</param>
    /// <param name="behind">What follows the media data.</param>
    public static byte[] Film(Func<uint[], byte[]> movie, params byte[][] behind)
    {
        var media = (uint)(TypeBox.Length + movie([0, 0]).Length + 8);
        return Join([TypeBox, movie([media, media + 32]), Box("mdat", Media), .. behind]);
    }

    /// <summary>File type, media data, movie.</summary>
    public static byte[] FilmWithMovieLast(params byte[][] behind)
    {
        var media = (uint)(TypeBox.Length + 8);
        return Join([TypeBox, Box("mdat", Media), Movie(Track(SampleTable([media, media + 32]))), .. behind]);
    }

    /// <summary>A movie without samples, and fragments.</summary>
    public static byte[] Fragmented(params byte[][] fragments) =>
        Join([TypeBox, Movie(Track(Box("stbl", Descriptions())), Box("mvex", Box("trex", Number(0), Number(1), Number(1), new byte[12]))), .. fragments]);

    /// <param name="runs">Made of where the media data begins, counted from the fragment's first byte.</param>
    public static byte[] Fragment(params Func<uint, byte[]>[] runs) => Fragment(FragmentHeader, runs);

    /// <param name="header">The track's.</param>
    /// <param name="runs">See above.</param>
    public static byte[] Fragment(byte[] header, params Func<uint, byte[]>[] runs)
    {
        var media = (uint)FragmentOf(Track(0)).Length + 8;
        return Join([FragmentOf(Track(media)), Box("mdat", Media)]);

        byte[] Track(uint start) => TrackOf(header, [.. runs.Select(run => run(start))]);
    }

    public static byte[] FragmentOf(params byte[][] tracks) => Box("moof", [Box("mfhd", Number(0), Number(1)), .. tracks]);

    public static byte[] TrackOf(byte[] header, params byte[][] runs) => Box("traf", [header, Box("tfdt", Number(0), Number(0)), .. runs]);

    /// <summary>Whose runs are counted from the fragment.</summary>
    public static byte[] FragmentHeader => Box("tfhd", Number(0x20000), Number(1));

    /// <summary>Two samples of a size of their own.</summary>
    public static byte[] Run(uint offset) => Run(offset, 2);

    public static byte[] Run(uint offset, uint count) => Box("trun", Number(0x201), Number(count), Number(offset), Number(32), Number(32));

    /// <summary>Two samples that lie where the run before them ends.</summary>
    public static byte[] NextRun => Box("trun", Number(0x200), Number(2), Number(32), Number(32));

    public static byte[] Movie(params byte[][] boxes) => Box("moov", [MovieHeader, .. boxes]);

    public static byte[] Track(byte[] sampleTable, byte[]? reference = null, params byte[][] further) =>
        Box("trak", [TrackHeader, MediaOf(Box("minf", Box("vmhd", Number(1), new byte[8]), Box("dinf", References(1, reference ?? OwnMedia)), sampleTable)), .. further]);

    public static byte[] TrackHeader => Box("tkhd", Number(3), new byte[8], Number(1), new byte[68]);

    public static byte[] MediaHeader => Box("mdhd", Number(0), new byte[8], Number(1000), Number(1000), Number(0x55C40000));

    public static byte[] Handler => Box("hdlr", new byte[8], "vide"u8.ToArray(), new byte[12], "film\0"u8.ToArray());

    public static byte[] MediaOf(byte[] information) => Box("mdia", MediaHeader, Handler, information);

    public static byte[] References(uint count, params byte[][] references) => Box("dref", [Number(0), Number(count), .. references]);

    public static byte[] Descriptions(uint count = 1) => Box("stsd", Number(0), Number(count), Box("mp4v", new byte[78]));

    public static byte[] SampleTable(params uint[] offsets) => WithTable("", [], offsets);

    /// <summary>A sample table in which another table stands for the one of a name, or is added.</summary>
    public static byte[] WithTable(string name, byte[] table, params uint[] offsets) =>
        Box("stbl", [.. new[] { "stsd", "stts", "stsc", "stsz", "stco" }.Where(other => other != name).Select(other => TableOf(other, offsets)), table]);

    public static byte[] TableOf(string name, uint[] offsets) => name switch
    {
        "stsd" => Descriptions(),
        "stts" => Table("stts", 1, 2, 500),
        "stsc" => Table("stsc", 1, 1, 1, 1),
        "stsz" => Box("stsz", Number(0), Number(0), Number(2), Number(32), Number(32)),
        _ => Table("stco", (uint)offsets.Length, offsets),
    };

    /// <param name="type">Its name.</param>
    /// <param name="count">How many entries it says that it has.</param>
    /// <param name="numbers">Those that it has.</param>
    public static byte[] Table(string type, uint count, params uint[] numbers) => Box(type, [Number(0), Number(count), .. numbers.Select(Number)]);

    public static byte[] Box(string type, params byte[][] contents) => BoxOf((uint)(8 + contents.Sum(content => content.Length)), type, contents);

    /// <summary>One that says of itself what it likes.</summary>
    public static byte[] BoxOf(uint size, string type, params byte[][] contents) => Join([Number(size), Encoding.Latin1.GetBytes(type), .. contents]);

    /// <summary>One with its size in 64 bits.</summary>
    public static byte[] LongBoxOf(ulong size, string type, params byte[][] contents)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, size);
        return BoxOf(1, type, [bytes, .. contents]);
    }

    public static byte[] Number(uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }

    public static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];
}
