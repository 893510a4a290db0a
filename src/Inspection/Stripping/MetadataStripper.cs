using System.Buffers;

namespace Uploader.Inspection.Stripping;

/// <summary>
/// Passes a picture on while it arrives, without what says who took it, when, where and with what. What makes the picture stays as it is, byte by byte; of the
/// rest stay orientation, colour profile and density. Judges nothing: what it cannot read it drops. For one file.
/// </summary>
internal abstract class MetadataStripper
{
    /// <param name="piece">The next bytes of the file.</param>
    /// <param name="kept">Gets what is kept of them.</param>
    public abstract void Feed(ReadOnlySpan<byte> piece, IBufferWriter<byte> kept);
}
