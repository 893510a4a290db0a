using System.Buffers.Binary;
using System.Collections.Frozen;

namespace Uploader.Inspection.Mp4;

/// <summary>
/// What a file says it can be read as. A reader takes a file by any brand it knows (ISO/IEC 14496-12, 4.3), so one of MP4's is enough, and that of another family
/// makes it something else. Unknown ones beside them are makers' own. Sources: the registry at mp4ra.org, and what ffmpeg, GPAC and cameras write.
/// </summary>
internal static class Brands
{
    private static readonly FrozenSet<uint> Films = Set(
        "isom iso2 iso3 iso4 iso5 iso6 iso7 iso8 iso9 isoa isob isoc mp41 mp42 avc1 hvc1 hev1 av01 dash cmfc cmf2 cmff M4V  M4VH M4VP M4A  M4B  f4v  MSNV XAVC");

    private static readonly FrozenSet<uint> Others = Set("heic heix heim heis mif1 mif2 avif avis jp2  jpx  jpm  mjp2 jxl  crx ");

    /// <param name="content">Of the file type box: the major brand, its version, and the compatible brands.</param>
    public static bool AreFilms(ReadOnlySpan<byte> content)
    {
        var isFilm = false;
        for (var at = 0; at < content.Length; at += at == 0 ? 8 : 4)
        {
            var brand = BinaryPrimitives.ReadUInt32BigEndian(content[at..]);
            if (Others.Contains(brand))
                return false;
            isFilm |= Films.Contains(brand);
        }

        return isFilm;
    }

    private static FrozenSet<uint> Set(string names) => names.Chunk(5).Select(name => FourCC.Of(new string(name).PadRight(4)[..4])).ToFrozenSet();
}
