namespace Uploader.Inspection.Png;

/// <summary>What <see cref="PngWalker"/> has come upon.</summary>
internal enum PngToken
{
    /// <summary>The end of the piece.</summary>
    None,

    /// <summary>A chunk whose type and length are known.</summary>
    ChunkStart,

    /// <summary>Bytes of its content.</summary>
    ChunkContent,

    /// <summary>Its end: the CRC is known.</summary>
    ChunkEnd,

    /// <summary>Bytes behind the IEND chunk.</summary>
    Trailer,
}
