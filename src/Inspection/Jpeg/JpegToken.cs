namespace Uploader.Inspection.Jpeg;

/// <summary>What <see cref="JpegWalker"/> has come upon.</summary>
internal enum JpegToken
{
    /// <summary>The end of the piece, or of the image.</summary>
    None,

    /// <summary>A marker that has no segment: SOI, EOI, RST, TEM.</summary>
    Marker,

    /// <summary>A segment whose marker and length are known.</summary>
    SegmentStart,

    /// <summary>Bytes of its content.</summary>
    SegmentContent,

    /// <summary>Its end.</summary>
    SegmentEnd,

    /// <summary>Entropy-coded bytes of a scan, stuffed zeros and all.</summary>
    Scan,

    /// <summary>Bytes where a marker should be.</summary>
    Stray,
}
