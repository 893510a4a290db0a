namespace Uploader.Inspection.Jpeg;

/// <summary>What an image's metadata says of what is appended to it: nothing that is not announced may be.</summary>
internal sealed class Announcements
{
    /// <summary>Where the pictures of a Multi-Picture Format index begin. CIPA DC-007.</summary>
    private readonly HashSet<long> _pictures = [];

    private bool _isOfCamera;

    private static ReadOnlySpan<byte> Xmp => "http://ns.adobe.com/xap/1.0/\0"u8;

    private static ReadOnlySpan<byte> Exif => "Exif\0"u8;

    private static ReadOnlySpan<byte> MultiPicture => "MPF\0"u8;

    /// <summary>A Motion Photo, or the Micro Video that it was before. <see href="https://developer.android.com/media/platform/motion-photo-format"/></summary>
    public bool HasFilm { get; private set; }

    /// <summary>
    /// Whether a picture may begin there: where the index says, or anywhere if a camera made the file. Its maker notes name previews in as many ways as there are
    /// makers, and XMP's containers name gain maps and depth maps.
    /// </summary>
    public bool HasPicture(long offset) => _isOfCamera || _pictures.Contains(offset);

    public bool HasIndex => _pictures.Count > 0;

    /// <summary>Where the next picture of the index begins, from an offset on and before the end; the end where there is none.</summary>
    public long NextIndexed(long offset, long end) => _pictures.Where(picture => picture >= offset && picture < end).DefaultIfEmpty(end).Min();

    /// <param name="content">Of an APP1 or APP2 segment.</param>
    /// <param name="offset">Where in the file it begins.</param>
    public void Read(ReadOnlySpan<byte> content, long offset)
    {
        if (_pictures.Count == 0 && content.StartsWith(MultiPicture))
            MultiPictureIndex.Read(content[MultiPicture.Length..], offset + MultiPicture.Length, _pictures);
        _isOfCamera |= content.StartsWith(Exif);
        if (content.StartsWith(Xmp))
            HasFilm |= content.IndexOf("MotionPhoto"u8) >= 0 || content.IndexOf("MicroVideo"u8) >= 0;
    }
}
