using System.IO.Compression;
using Uploader.Inspection;
using static Inspection.Tests.Samples.Mp4Film;

namespace Inspection.Tests.Samples;

/// <summary>Films that are unusual, and such as are none.</summary>
internal static class Mp4Samples
{
    private static readonly string Structure = Rules.Mp4Structure.Code;

    public static IEnumerable<Sample> All { get; } =
    [
        .. Unusual().Select(sample => Of(Sample.Accepted, sample)),
        .. Trees().Select(sample => Of(Structure, sample)),
        .. Hidden().Select(sample => Of(Structure, sample)),
        .. Parts().Select(sample => Of(Structure, sample)),
        .. Counts().Select(sample => Of(Structure, sample)),
        .. Fragments().Select(sample => Of(Structure, sample)),
        .. BrandsOfOthers().Select(sample => Of(Rules.Mp4Brand.Code, sample)),
        .. Elsewhere().Select(sample => Of(Rules.Mp4Remote.Code, sample)),
        .. Trailers().Select(sample => Of(Rules.TrailingData.Code, sample)),
        .. Polyglots().Select(sample => Of(Rules.Polyglot.Code, sample)),
        .. Scripts().Select(sample => Of(Rules.ScriptInMetadata.Code, sample)),
        .. Endless().Select(sample => Of(Rules.TooComplex.Code, sample)),
    ];

    private static Sample Of(string verdict, (string What, Func<byte[]> Bytes) sample) =>
        new($"{verdict}, {sample.What}.mp4", verdict, sample.What, sample.Bytes);

    private static IEnumerable<(string What, Func<byte[]> Bytes)> Unusual() =>
    [
        ("movie first", Film),
        ("movie last", () => FilmWithMovieLast()),
        ("fragments", () => Fragmented(Fragment(Run), Fragment(Run))),
        ("a fragment of two runs", () => Fragmented(Fragment(Run, Run))),
        ("a fragment of two runs, the second of which follows the first", () => Fragmented(Fragment(Run, _ => NextRun))),
        ("a fragment whose runs are counted from the file's first byte", () => Based(start => start + 8)),
        ("a fragment whose runs are counted from its first byte, as no flag says", () => Fragmented(Fragment(Box("tfhd", Number(0), Number(1)), Run))),
        ("a fragment whose second track begins where the first ends", () => Fragmented(FragmentOf(Whole(168), TrackOf(Box("tfhd", Number(0), Number(1)), NextRun)), Box("mdat", Media, Media))),
        ("a fragment whose media stand in front of it", () => Fragmented(Box("mdat", Media), FragmentOf(Whole(unchecked((uint)-64))))),
        ("a fragment with its media behind another one's", () => Fragmented(Box("mdat", Media), Box("free", Media), FragmentOf(Whole(100 + 72)), Box("mdat", Media), Box("mdat", Media))),
        ("a fragment with media until the end of the file", () => Fragmented(FragmentOf(Whole(100)), BoxOf(0, "mdat", Media))),
        ("a fragment of no samples that begin nowhere", () => Fragmented(FragmentOf(TrackOf(FragmentHeader, Box("trun", Number(1), Number(0), Number(7)))))),
        ("a movie without a track", () => Join([TypeBox, Movie()])),
        ("media data until the end of the file", () => Join([TypeBox, Movie(Track(SampleTable())), BoxOf(0, "mdat", Media)])),
        ("media data until the end of the file, empty", () => Join([TypeBox, Movie(), BoxOf(0, "mdat")])),
        ("media data of a 64-bit size", () => Join([TypeBox, Movie(), LongBoxOf(16 + 64, "mdat", Media)])),
        ("a movie of a 64-bit size", () => Join([TypeBox, LongBoxOf((ulong)(16 + MovieHeader.Length), "moov", MovieHeader)])),
        ("two boxes of media data", () => Join([TypeBox, Box("mdat", Media), Box("mdat", Media), Movie(Track(SampleTable((uint)TypeBox.Length + 8, (uint)TypeBox.Length + 80)))])),
        ("a chunk without samples at the end of the media data", () => Join([TypeBox, Box("mdat", Media), Movie(Track(SampleTable((uint)TypeBox.Length + 8 + 64)))])),
        ("free space between", () => Film(offsets => Movie(Track(SampleTable(offsets)), Box("free", new byte[100])), Box("skip", new byte[1000]))),
        ("QuickTime's wide", () => Join([TypeBox, Box("wide"), Box("mdat", Media), Movie()])),
        ("boxes that nobody knows", () => Film(offsets => Movie(Track(SampleTable(offsets), null, Box("dji ", new byte[9])), Box("GPMF", new byte[50])), Box("\u00a9xyz", new byte[7]))),
        ("a uuid box of a phone", () => Film(offsets => Movie(Track(SampleTable(offsets))), Box("uuid", Enumerable.Range(0, 200).Select(i => (byte)(i * 7)).ToArray()))),
        ("a data reference whose writer forgot its flag", () => Film(offsets => Movie(Track(SampleTable(offsets), Box("url ", Number(0)))))),
        ("a data reference with an empty location", () => Film(offsets => Movie(Track(SampleTable(offsets), Box("url ", Number(1), [0]))))),
        ("user data that ends as QuickTime's may", () => Film(offsets => Movie(Track(SampleTable(offsets)), Box("udta", Box("\u00a9xyz", "\0\u0012\u0015\u00c7+59.9+010.7/"u8.ToArray()), Number(0))))),
        ("a brand of QuickTime beside MP4's", () => Join([Box("ftyp", "mp42"u8.ToArray(), Number(0), "mp42qt  "u8.ToArray()), Movie()])),
        ("a maker's own brand beside MP4's", () => Join([Box("ftyp", "MAKE"u8.ToArray(), Number(0), "mp42"u8.ToArray(), Number(0)), Movie()])),
        ("no compatible brand", () => Join([Box("ftyp", "mp42"u8.ToArray(), Number(0)), Movie()])),
        ("wide sample offsets", () => Join([TypeBox, Box("mdat", Media), Movie(Track(WithTable("stco", Table("co64", 1, 0, (uint)TypeBox.Length + 8))))])),
        ("compact sample sizes", () => Film(offsets => Movie(Track(WithTable("stsz", Box("stz2", Number(0), Number(4), Number(3), [0x12, 0x30]), offsets))))),
        ("sample sizes that are all the same", () => Film(offsets => Movie(Track(WithTable("stsz", Box("stsz", Number(0), Number(32), Number(2)), offsets))))),
        ("an edit list of each version", () => Film(offsets => Movie(
            Track(SampleTable(offsets), null, Box("edts", Table("elst", 1, 1000, 0, 0x10000))),
            Track(SampleTable(offsets), null, Box("edts", Box("elst", Number(0x01000000), Number(1), new byte[20])))))),
        ("padding among the sample descriptions", () => Film(offsets => Movie(Track(WithTable("stsd", Box("stsd", Number(0), Number(1), Box("mp4v", new byte[78]), Box("skip", new byte[90])), offsets))))),
        ("user data with QuickTime's metadata, whose items are numbers", () => WithUserData(Box("meta", Metadata, Box("ilst", BoxOf(24, "\0\0\0\u0001", Box("data", Number(1), Number(0))))))),
        ("user data with metadata that have a version", () => WithUserData(Box("meta", Number(0), Metadata, Box("ilst", Box("\u00a9nam", Box("data", Number(1), Number(0), "moov"u8.ToArray())))))),
        ("metadata that say where their items are", () => Join([Film(), Box("meta", Number(0), Metadata, Box("dinf", References(1, OwnMedia)))])),
        ("metadata that say so with an empty location", () => Join([Film(), Box("meta", Number(0), Metadata, Box("dinf", References(1, Box("url ", Number(0), [0]))))])),
        ("user data that speak of boxes", () => WithUserData(Box("\u00a9cmt", "\0\u0004\u0015\u00c7moov"u8.ToArray()), "a moov, a trak and a moof"u8.ToArray())),
        ("a cover that is a film", () => WithUserData(Box("meta", Number(0), Metadata, Box("ilst", Box("covr", Box("data", Number(0), Number(0), Movie())))))),
        ("the name of a phar's signature in media data", () => Join([TypeBox, Movie(), Box("mdat", "GBMB."u8.ToArray())])),
        ("a movie that was rewritten and is now free space", () => Join([Film(), Box("free", MovieHeader)])),
        ("a sample description of an encrypted film", () => WithDescription(78, Protection(Box("tenc", new byte[24])))),
        ("an HTML page about a film in its description", () => Film(offsets => Movie(Track(SampleTable(offsets)), Box("udta", "<p>See <a href='https://films.example/?a=1'>here</a></p>"u8.ToArray())))),
    ];

    private static IEnumerable<(string What, Func<byte[]> Bytes)> Trees() =>
    [
        ("a file type and nothing else", () => TypeBox),
        ("no movie", () => Join([TypeBox, Box("mdat", Media)])),
        ("two movies", () => Join([TypeBox, Movie(), Movie()])),
        ("a movie after the fragments", () => Join([TypeBox, Box("moof", Box("mfhd", Number(0), Number(1))), Movie()])),
        ("two file types", () => Join([TypeBox, TypeBox, Movie()])),
        ("a movie within user data's place", () => Join([TypeBox, Movie(Movie())])),
        ("a track beside the movie", () => Join([TypeBox, Movie(), Track(SampleTable())])),
        ("a movie header beside the movie", () => Join([TypeBox, MovieHeader, Movie()])),
        ("media data within the movie", () => Join([TypeBox, Movie(Box("mdat", Media))])),
        ("a sample table beside the media information", () => Film(offsets => Movie(Track(SampleTable(offsets), null, SampleTable(offsets))))),
        ("a box longer than its parent", () => Join([TypeBox, Box("moov", MovieHeader, BoxOf(1000, "free", new byte[8])), Box("mdat", Media)])),
        ("a movie longer than the file", () => Join([TypeBox, BoxOf(1000, "moov", MovieHeader)])),
        ("media data longer than the file", () => Join([TypeBox, Movie(), BoxOf(1000, "mdat", Media)])),
        ("a box shorter than its header", () => Join([TypeBox, Movie(), BoxOf(7, "free"), Box("mdat", Media)])),
        ("a box within the movie that is shorter than its header", () => Join([TypeBox, Box("moov", MovieHeader, BoxOf(4, "free"))])),
        ("a 64-bit size shorter than its header", () => Join([TypeBox, Movie(), LongBoxOf(15, "mdat", Media)])),
        ("a 64-bit size without end", () => Join([TypeBox, Movie(), LongBoxOf(ulong.MaxValue, "mdat", Media)])),
        ("a 64-bit size that turns negative", () => Join([TypeBox, Movie(), LongBoxOf(1UL << 63, "mdat", Media)])),
        ("a 64-bit size that turns its end negative", () => Join([TypeBox, Movie(), LongBoxOf(long.MaxValue, "mdat", Media)])),
        ("a movie until the end of the file", () => Join([TypeBox, BoxOf(0, "moov", MovieHeader)])),
        ("free space until the end of the file", () => Join([TypeBox, Movie(), BoxOf(0, "free", Media)])),
        ("a box within the movie until the end", () => Join([TypeBox, Box("moov", MovieHeader, BoxOf(0, "free", Media))])),
        ("bytes in the movie that are no box", () => Join([TypeBox, Box("moov", MovieHeader, [0, 0, 0])])),
        ("a box without a name", () => Join([TypeBox, BoxOf(16, "\0\u0001\u0002\u0003", new byte[8]), Movie()])),
        ("a box without a name within the movie", () => Join([TypeBox, Movie(BoxOf(8, "\0\0\0\0"))])),
        ("a movie that is cut off", () => Film()[..200]),
        ("media data that is cut off", () => Film()[..^1]),
        ("a 64-bit size that is cut off", () => Join([TypeBox, BoxOf(1, "mdat", [0, 0, 0])])),
        ("a file type of odd length", () => Join([Box("ftyp", "isom"u8.ToArray(), Number(0), [1]), Movie()])),
        ("a file type without a brand", () => Join([Box("ftyp"), Movie()])),
        ("a file type of more brands than there are", () => Join([Box("ftyp", [.. Enumerable.Repeat("isom"u8.ToArray(), 300)]), Movie()])),
    ];

    private static IEnumerable<(string What, Func<byte[]> Bytes)> Hidden() =>
    [
        ("a packed movie", () => Join([TypeBox, Movie(Box("cmov", Box("dcom", "zlib"u8.ToArray())))])),
        ("a packed movie beside the movie", () => Join([Film(), Box("cmov", new byte[20])])),
        ("a movie that is hidden", () => Join([Film(), Box("hoov", MovieHeader)])),
        ("a data reference with a location in a track's user data", () => Film(offsets => Movie(Track(SampleTable(offsets), null, Box("udta", Box("dinf", References(1, Box("alis", Number(0), new byte[150])))))))),
        ("a data reference that is longer than what it stands in", () => WithUserData(Box("dinf", References(1, BoxOf(200, "alis", Number(0)))))),
        ("a data reference that ends with what it stands in", () => WithUserData(Box("dinf", Box("dref")))),
        ("a data reference of a 64-bit size behind one that is right", () => WithUserData(Box("dinf", References(1, OwnMedia)), Box("dinf", LongBoxOf(28, "dref", Number(0), Number(1), Number(200))))),
        ("two data references in metadata", () => Join([Film(), Box("meta", Number(0), Metadata, Box("dinf", References(2, OwnMedia, OwnMedia)))])),
        ("a reference movie in user data", () => WithUserData(Box("rmra"))),
        .. new[] { "udta", "meta", "ilst", "tref", "sinf", "schi", "wave" }.SelectMany(container => new (string, Func<byte[]>)[]
        {
            ($"a movie in {container} beside the movie", () => Join([Film(), Box(container, Metadata, Movie())])),
            ($"a movie in {container} within the movie", () => Film(offsets => Movie(Track(SampleTable(offsets)), Box(container, Metadata, Movie())))),
        }),
        .. new[] { "hoov", "cmov", "trak", "mdat", "moof", "stbl", "ftyp" }.Select(kind => ($"a {kind} in user data", (Func<byte[]>)(() => WithUserData(Box(kind, new byte[8]))))),
        ("a movie in metadata that have a version", () => WithUserData(Box("meta", Number(0), Metadata, Movie()))),
        ("a movie in metadata behind what is no box", () => WithUserData(Box("meta", new byte[20], Metadata, Movie()))),
        ("a movie in a track's user data, in metadata, in items", () => Film(offsets => Movie(Track(SampleTable(offsets), null, Box("udta", Box("meta", Number(0), Metadata, Box("ilst", Movie()))))))),
        ("a movie behind text in user data", () => WithUserData(Box("\u00a9nam", "text"u8.ToArray()), Movie())),
        ("a movie of a 64-bit size in user data", () => WithUserData(LongBoxOf((ulong)(16 + MovieHeader.Length), "moov", MovieHeader))),
        ("a movie until the end of user data", () => WithUserData(BoxOf(0, "moov", MovieHeader))),
        ("a movie longer than the user data", () => WithUserData(BoxOf(1_000_000, "moov", MovieHeader))),
        .. new[] { 8, 28, 44, 64, 78 }.Select(start => ($"a movie {start} bytes into a sample description", (Func<byte[]>)(() => WithDescription(start, Movie())))),
        ("a movie in the protection of a sample description", () => WithDescription(78, Protection(Movie()))),
    ];

    private static IEnumerable<(string What, Func<byte[]> Bytes)> Parts() =>
    [
        ("a movie without its header", () => Join([TypeBox, Box("moov", Track(SampleTable()))])),
        ("a movie with two headers", () => Join([TypeBox, Movie(MovieHeader)])),
        ("an empty movie", () => Join([TypeBox, Box("moov")])),
        ("a track without its header", () => Join([TypeBox, Movie(Box("trak", MediaOf(Box("minf", SampleTable()))))])),
        ("a track without media", () => Join([TypeBox, Movie(Box("trak", TrackHeader))])),
        ("a track with two media", () => Film(offsets => Movie(Track(SampleTable(offsets), null, MediaOf(Box("minf", SampleTable(offsets))))))),
        ("media without its header", () => Join([TypeBox, Movie(Box("trak", TrackHeader, Box("mdia", Handler, Box("minf", SampleTable()))))])),
        ("media without information", () => Join([TypeBox, Movie(Box("trak", TrackHeader, Box("mdia", MediaHeader, Handler)))])),
        ("media information without a sample table", () => Join([TypeBox, Movie(Box("trak", TrackHeader, MediaOf(Box("minf"))))])),
        ("data information without references", () => Join([TypeBox, Movie(Box("trak", TrackHeader, MediaOf(Box("minf", Box("dinf"), SampleTable()))))])),
        ("a sample table without descriptions", () => Join([TypeBox, Movie(Track(Box("stbl", Table("stts", 0), Table("stsc", 0), Table("stco", 0))))])),
        .. new[] { "stts", "stsc", "stsz", "stco" }.Select(missing =>
            ($"a sample table without its {missing}", (Func<byte[]>)(() => Film(offsets => Movie(Track(WithTable(missing, [], offsets))))))),
        .. new[] { "stts", "stsc", "stsz", "stco", "stsd" }.Select(twice =>
            ($"a sample table with a second {twice}", (Func<byte[]>)(() => Film(offsets => Movie(Track(Box("stbl", SampleTable(offsets)[8..], TableOf(twice, offsets)))))))),
    ];

    private static IEnumerable<(string What, Func<byte[]> Bytes)> Counts() =>
    [
        ("a movie header of another length", () => Join([TypeBox, Box("moov", Box("mvhd", new byte[99]))])),
        ("a movie header of a version that there is not", () => Join([TypeBox, Box("moov", Box("mvhd", Number(0x02000000), new byte[108]))])),
        ("a track header of another length", () => Join([TypeBox, Movie(Box("trak", Box("tkhd", new byte[80]), MediaOf(Box("minf", SampleTable()))))])),
        ("more descriptions than there are", () => Film(offsets => Movie(Track(WithTable("stsd", Descriptions(2), offsets))))),
        ("fewer descriptions than there are", () => Film(offsets => Movie(Track(WithTable("stsd", Descriptions(0), offsets))))),
        ("descriptions without a count", () => Film(offsets => Movie(Track(WithTable("stsd", Box("stsd", Number(0)), offsets))))),
        ("a description longer than its table", () => Film(offsets => Movie(Track(WithTable("stsd", Box("stsd", Number(0), Number(1), BoxOf(99, "mp4v", new byte[16])), offsets))))),
        ("more data references than there are", () => Join([TypeBox, Movie(Box("trak", TrackHeader, MediaOf(Box("minf", Box("dinf", References(2, OwnMedia)), SampleTable()))))])),
        ("a data reference without flags", () => Film(offsets => Movie(Track(SampleTable(offsets), Box("url "))))),
        .. new (string, uint[])[]
        {
            ("stts", [1]), ("stsc", [1, 1]), ("stco", []), ("stss", []), ("ctts", [1]),
        }.Select(table => ($"more entries than there are in {table.Item1}", (Func<byte[]>)(() => Film(offsets => Movie(Track(WithTable(table.Item1, Table(table.Item1, 1, table.Item2), offsets))))))),
        .. new[] { "stts", "stsc", "stss", "ctts", "stco", "co64" }.Select(table =>
            ($"four thousand million entries in {table}", (Func<byte[]>)(() => Film(offsets => Movie(Track(WithTable(table, Table(table, uint.MaxValue, 1, 2, 3, 4), offsets))))))),
        ("bytes behind the entries of a table", () => Film(offsets => Movie(Track(WithTable("stts", Box("stts", Number(0), Number(0), new byte[100]), offsets))))),
        ("a table without a count", () => Film(offsets => Movie(Track(WithTable("stts", Box("stts", Number(0)), offsets))))),
        ("more sample sizes than there are", () => Film(offsets => Movie(Track(WithTable("stsz", Box("stsz", Number(0), Number(0), Number(3), Number(32)), offsets))))),
        ("sample sizes where all are the same", () => Film(offsets => Movie(Track(WithTable("stsz", Box("stsz", Number(0), Number(32), Number(1), Number(32)), offsets))))),
        ("compact sample sizes of a width that there is not", () => Film(offsets => Movie(Track(WithTable("stsz", Box("stz2", Number(0), Number(5), Number(1), [1]), offsets))))),
        ("more edits than there are", () => Film(offsets => Movie(Track(SampleTable(offsets), null, Box("edts", Table("elst", 2, 1000, 0, 0x10000)))))),
        ("a chunk behind the end of the file", () => Film(_ => Movie(Track(SampleTable(100_000))))),
        ("a chunk at the beginning of the file", () => Film(_ => Movie(Track(SampleTable(0))))),
        ("a chunk in the movie", () => Film(offsets => Movie(Track(SampleTable(offsets[0], 100))))),
        ("a chunk between media data", () => Join([TypeBox, Box("mdat", Media), Box("free", Media), Box("mdat", Media), Movie(Track(SampleTable((uint)TypeBox.Length + 8 + 64 + 20)))])),
        ("a chunk behind the end of media data that has none", () => Join([TypeBox, Movie(Track(SampleTable(100_000))), BoxOf(0, "mdat", Media)])),
        ("a chunk beyond 64 bits", () => Film(_ => Movie(Track(WithTable("stco", Table("co64", 1, uint.MaxValue, uint.MaxValue)))))),
        ("a chunk in a film without media data", () => Join([TypeBox, Movie(Track(SampleTable(10)))])),
    ];

    private static IEnumerable<(string What, Func<byte[]> Bytes)> Fragments() =>
    [
        ("a fragment of a film that has none", () => Film(offsets => Movie(Track(SampleTable(offsets))), Fragment(Run))),
        ("a fragment without a header", () => Fragmented(Box("moof", Box("traf", Box("tfhd", Number(0x20000), Number(1)))))),
        ("a fragment's track without a header", () => Fragmented(Box("moof", Box("mfhd", Number(0), Number(1)), Box("traf", Run(100))))),
        ("a fragment's header of another length", () => Fragmented(Box("moof", Box("mfhd", Number(0), Number(1), Number(1))))),
        ("a fragment's track's header without what its flags say", () => Fragmented(Box("moof", Box("mfhd", Number(0), Number(1)), Box("traf", Box("tfhd", Number(1), Number(1)))))),
        ("a run of more samples than there are", () => Fragmented(Fragment(start => Run(start, 3)))),
        ("a run of four thousand million samples", () => Fragmented(Fragment(start => Run(start, uint.MaxValue)))),
        ("a run outside of a fragment", () => Fragmented(Run(100))),
        ("a run in front of its track's header", () => Fragmented(FragmentOf(Box("traf", Run(100), FragmentHeader)), Box("mdat", Media))),
        ("a run that begins in its own fragment", () => Fragmented(Fragment(start => Run(start - 20)))),
        ("a run that begins at its fragment", () => Fragmented(Fragment(_ => Run(0)))),
        ("a run that begins where its track does, which does not say", () => Fragmented(Fragment(_ => NextRun))),
        ("a run that begins in the header of its media", () => Fragmented(Fragment(start => Run(start - 1)))),
        ("a run that begins behind its media", () => Fragmented(Fragment(start => Run(start + 65)))),
        ("a run that begins in free space", () => Fragmented(FragmentOf(Whole(100)), Box("free", Media), Box("mdat", Media))),
        ("a run that begins in free space behind the media", () => Fragmented(FragmentOf(Whole(100 + 72)), Box("mdat", Media), Box("free", Media))),
        ("a run that begins in the movie", () => Fragmented(Fragment(_ => Run(unchecked((uint)-20))))),
        ("a run that begins in front of the file", () => Fragmented(Fragment(_ => Run(1U << 31)))),
        ("a run that begins behind the file", () => Fragmented(Fragment(_ => Run(int.MaxValue)))),
        ("a run that begins behind media until the end of the file", () => Fragmented(FragmentOf(Whole(165)), BoxOf(0, "mdat", Media))),
        ("a run of a fragment without media", () => Fragmented(FragmentOf(Whole(100)))),
        ("a run counted from the movie", () => Based(_ => 30)),
        ("a run counted from behind the file", () => Based(_ => 1UL << 40)),
        ("a run counted from in front of the file", () => Based(_ => ulong.MaxValue)),
        ("a run counted from nearly 2^63", () => Based(_ => long.MaxValue)),
        ("a second run in free space", () => Fragmented(FragmentOf(TrackOf(FragmentHeader, Run(128), Run(200))), Box("mdat", Media), Box("free", Media))),
    ];

    private static IEnumerable<(string What, Func<byte[]> Bytes)> BrandsOfOthers() =>
    [
        .. new[] { "qt  ", "heic", "avif", "mif1", "jp2 ", "crx ", "none", "\0\0\0\0" }.Select(brand =>
            ($"a brand that is {brand.Trim().Replace("\0", "0")}", (Func<byte[]>)(() => Join([Box("ftyp", Latin(brand), Number(0), Latin(brand)), Movie()])))),
        ("a picture's brand beside MP4's", () => Join([Box("ftyp", "isom"u8.ToArray(), Number(0), "isomavif"u8.ToArray()), Movie()])),
        ("a version that is a brand's name", () => Join([Box("ftyp", "none"u8.ToArray(), "isom"u8.ToArray()), Movie()])),
    ];

    private static IEnumerable<(string What, Func<byte[]> Bytes)> Elsewhere() =>
    [
        ("a URL", () => WithReference("url ", Number(0), "http://169.254.169.254/latest/meta-data/\0"u8.ToArray())),
        ("a file's URL", () => WithReference("url ", Number(0), "file:///etc/passwd\0"u8.ToArray())),
        ("a URL under the flag that there is none", () => WithReference("url ", Number(1), "http://x.example/\0"u8.ToArray())),
        ("a URL longer than is looked at", () => WithReference("url ", Number(0), new byte[2000], "http://x.example/\0"u8.ToArray())),
        ("a URN", () => WithReference("urn ", Number(0), "urn:x\0http://x.example/\0"u8.ToArray())),
        ("a Macintosh alias", () => WithReference("alis", Number(0), new byte[40], "Volumes"u8.ToArray())),
        ("a reference of a kind that nobody knows", () => WithReference("ref!", Number(1), "elsewhere"u8.ToArray())),
        ("a reference movie", () => Join([TypeBox, Movie(Box("rmra", Box("rmda", Box("rdrf", Number(0), "url "u8.ToArray(), Number(9), "http://x\0"u8.ToArray()))))])),
    ];

    private static IEnumerable<(string What, Func<byte[]> Bytes)> Trailers() =>
    [
        ("one byte behind the end", () => Join([Film(), [0]])),
        ("seven bytes behind the end", () => Join([Film(), "trailer"u8.ToArray()])),
        ("zeros behind the end", () => Join([Film(), new byte[512]])),
        ("a picture behind the end", () => Join([Film(), Support.Bytes.Png()])),
        ("a zip behind the end", () => Join([Film(), Zip()])),
        ("a movie last and bytes behind it", () => Join([FilmWithMovieLast(), [1, 2, 3, 4, 5, 6, 7, 8, 9]])),
    ];

    private static IEnumerable<(string What, Func<byte[]> Bytes)> Polyglots() =>
    [
        ("a zip in free space at the end", () => WithFree(Zip())),
        ("a zip in free space, and more behind it", () => Join([WithFree(Zip()), Box("free", new byte[30_000])])),
        ("a zip in media data", () => Join([TypeBox, Movie(), Box("mdat", Zip())])),
        ("a zip in a movie at the end", () => Join([TypeBox, Box("mdat", Media), Movie(Box("udta", Zip()))])),
        ("a rar in free space", () => WithFree([.. "Rar!\x1A\x07\x01\x00"u8, .. new byte[40]])),
        ("an old rar in media data", () => Join([TypeBox, Movie(), Box("mdat", [.. "Rar!\x1A\x07\x00"u8, .. new byte[40]])])),
        ("a rar behind the end", () => Join([Film(), [.. "Rar!\x1A\x07\x00"u8, .. new byte[40]]])),
        ("a PDF in free space", () => Join([TypeBox, Box("free", "%PDF-1.7\n1 0 obj\n"u8.ToArray()), Movie()])),
        ("a PDF header among the brands", () => Join([Box("ftyp", "isom"u8.ToArray(), Number(0), "%PDF-1.4isom"u8.ToArray()), Movie()])),
        ("a phar in media data", () => Join([TypeBox, Movie(), Box("mdat", "__HALT_COMPILER(); ?>\r\n"u8.ToArray(), new byte[40], "GBMB"u8.ToArray())])),
        ("a phar's signature at the end of free space", () => WithFree([.. new byte[40], .. "GBMB"u8])),
        ("a zip's entry in free space", () => Join([TypeBox, Box("free", Archived.Zip), Movie()])),
        ("a zip's entry among sample durations", () => Film(offsets => Movie(Track(WithTable("stts", Box("stts", Number(0), Number(8), [.. Archived.Zip, .. new byte[64 - Archived.Zip.Length]]), offsets))))),
        ("an installer in free space", () => WithFree(Archived.Installer)),
        ("a PDF without header in free space", () => WithFree(Archived.Pdf)),
        ("an old tar", () => Archived.AsTar(Join([TypeBox, Box("free", new byte[2000]), Movie()]))),
        ("a cabinet in user data", () => WithUserData(Box("\u00a9nam", Archived.Cabinet))),
        ("a Windows image in a uuid box", () => Join([Film(), Box("uuid", new byte[16], Archived.Wim)])),
        ("a tar", () => Join([TypeBox, Box("free", new byte[257 - 8 - TypeBox.Length], "ustar\0"u8.ToArray(), new byte[300]), Movie()])),
        ("an ISO image", () => Join([TypeBox, Box("free", new byte[0x8001 - 8 - TypeBox.Length], "CD001"u8.ToArray(), new byte[300]), Movie()])),
        ("an ELF program in free space", () => WithFree([0x7F, .. "ELF"u8, 2, 1, 1, .. new byte[60]])),
        ("a Windows program in a uuid box", () => Join([Film(), Box("uuid", new byte[16], "MZ"u8.ToArray(), new byte[76], "This program cannot be run in DOS mode.\r\r\n$"u8.ToArray())])),
        ("an ELF program in user data", () => Film(offsets => Movie(Track(SampleTable(offsets)), Box("udta", [0x7F, .. "ELF"u8, 1, 1, 1, .. new byte[60]])))),
    ];

    private static IEnumerable<(string What, Func<byte[]> Bytes)> Scripts() =>
    [
        ("PHP in free space", () => WithFree(Php)),
        ("a phar's stub in free space", () => WithFree("__HALT_COMPILER(); ?>\r\n"u8.ToArray())),
        ("a phar's stub in user data", () => WithUserData(Box("\u00a9nam", "__halt_compiler();"u8.ToArray()))),
        ("PHP in a uuid box", () => Join([Film(), Box("uuid", new byte[16], Php)])),
        ("PHP in a box that nobody knows", () => Join([Film(), Box("abcd", Php)])),
        ("PHP in user data", () => Film(offsets => Movie(Track(SampleTable(offsets)), Box("udta", Box("\u00a9nam", Php))))),
        ("PHP in a handler's name", () => Join([TypeBox, Movie(Box("trak", TrackHeader, Box("mdia", MediaHeader, Box("hdlr", new byte[24], Php), Box("minf", SampleTable()))))])),
        ("PHP in a sample description", () => Film(offsets => Movie(Track(WithTable("stsd", Box("stsd", Number(0), Number(1), Box("avc1", new byte[42], Php)), offsets))))),
        ("PHP among sample durations", () => Film(offsets => Movie(Track(WithTable("stts", Box("stts", Number(0), Number(4), [.. Php, .. new byte[32 - Php.Length]]), offsets))))),
        ("PHP as a box's size and name", () => Join([Film(), Php])),
        ("PHP across the boxes' borders", () => Join([Film(), BoxOf(11, "free", "<?p"u8.ToArray()), "hp s"u8.ToArray()])),
        ("PHP in the media's part of no track", () => Join([TypeBox, Movie(), Box("free", new byte[5000], Php, new byte[5000])])),
        ("a short PHP in free space", () => WithFree("<?=`$_GET[0]`?>"u8.ToArray())),
        ("HTML in an xml box", () => Join([Film(), Box("meta", Number(0), Box("xml ", Number(0), "<html><script>alert(1)</script></html>"u8.ToArray()))])),
        ("SVG in free space", () => WithFree("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8.ToArray())),
        ("HTML in UTF-16", () => WithFree(System.Text.Encoding.Unicode.GetBytes("<script>alert(1)</script>"))),
        ("JSP in free space", () => WithFree("<% Runtime.getRuntime().exec(request.getParameter(\"c\")); %>"u8.ToArray())),
        ("a shell script in free space", () => Join([TypeBox, Box("free", "\n#!/bin/sh\nid\nexit\n"u8.ToArray()), Movie()])),
    ];

    private static IEnumerable<(string What, Func<byte[]> Bytes)> Endless() =>
    [
        ("a million boxes", () => [.. TypeBox, .. Movie(), .. Enumerable.Repeat(Box("free"), 1_000_000).SelectMany(box => box)]),
        ("a fragment of more runs than are kept", () => Fragmented(FragmentOf(TrackOf(FragmentHeader, [.. Enumerable.Repeat(Run(400_000), 8193)])), Box("mdat", Media))),
        ("a thousand tracks and more", () => Join([TypeBox, Movie([.. Enumerable.Repeat(Track(SampleTable()), 1025)])])),
    ];

    /// <summary>A track of a fragment, of one run.</summary>
    private static byte[] Whole(uint offset) => TrackOf(FragmentHeader, Run(offset));

    /// <summary>A fragment whose run is counted from somewhere in the file.</summary>
    /// <param name="from">Made of where the media data's box begins.</param>
    private static byte[] Based(Func<ulong, ulong> from)
    {
        var start = Fragmented(Part(0)).Length;
        return Fragmented(Part(from((ulong)start)), Box("mdat", Media));

        static byte[] Part(ulong place) =>
            FragmentOf(TrackOf(Box("tfhd", Number(1), Number(1), Number((uint)(place >> 32)), Number((uint)place)), Run(0)));
    }

    private static byte[] Metadata => Box("hdlr", new byte[8], "mdta"u8.ToArray(), new byte[13]);

    private static byte[] Protection(params byte[][] information) =>
        Box("sinf", Box("frma", "mp4v"u8.ToArray()), Box("schm", Number(0), "cenc"u8.ToArray(), Number(0x10000)), Box("schi", information));

    private static byte[] WithUserData(params byte[][] contents) => Film(offsets => Movie(Track(SampleTable(offsets)), Box("udta", contents)));

    private static byte[] WithDescription(int start, params byte[][] boxes) =>
        Film(offsets => Movie(Track(WithTable("stsd", Box("stsd", Number(0), Number(1), Box("mp4v", [new byte[start], .. boxes])), offsets))));

    private static byte[] Php => "<?php eval($_GET[0]); ?>"u8.ToArray();

    private static byte[] Latin(string text) => System.Text.Encoding.Latin1.GetBytes(text);

    private static byte[] WithFree(byte[] content) => Join([Film(), Box("free", content)]);

    private static byte[] WithReference(string type, params byte[][] contents) => Film(offsets => Movie(Track(SampleTable(offsets), Box(type, contents))));

    private static byte[] Zip()
    {
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            zip.CreateEntry("a.class");
        return file.ToArray();
    }
}
