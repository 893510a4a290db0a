using System.Buffers;
using System.Buffers.Binary;
using Uploader.Inspection.Jpeg;

namespace Uploader.Inspection.Stripping;

/// <summary>Drops comments, EXIF, XMP, IPTC and every other APP segment but what colours need, thumbnails, and all that is behind EOI.</summary>
internal sealed class JpegStripper : MetadataStripper
{
    private const int JfifLength = 14;
    private const int AdobeLength = 12;

    private readonly JpegWalker _walker = new();
    private byte[] _content = [];
    private int _known;
    private bool _isTurned;

    private static ReadOnlySpan<byte> Jfif => "JFIF\0"u8;

    private static ReadOnlySpan<byte> Exif => "Exif\0\0"u8;

    private static ReadOnlySpan<byte> Profile => "ICC_PROFILE\0"u8;

    private static ReadOnlySpan<byte> Adobe => "Adobe"u8;

    private ReadOnlySpan<byte> Content => _content.AsSpan(0, _known);

    /// <summary>Its content says whether it is kept.</summary>
    private bool IsCollected => _walker.Marker is Markers.FirstApplication or Markers.Exif or Markers.Profile or Markers.Adobe;

    private bool IsKept => !Markers.IsFree(_walker.Marker);

    public override void Feed(ReadOnlySpan<byte> piece, IBufferWriter<byte> kept)
    {
        while (true)
        {
            switch (_walker.Read(ref piece, out var content))
            {
                case JpegToken.Marker when _walker.Marker != Markers.Temporary:
                    kept.Write<byte>([0xFF, _walker.Marker]);
                    break;
                case JpegToken.SegmentStart when IsKept:
                    Start(kept, _walker.Length);
                    break;
                case JpegToken.SegmentStart when IsCollected:
                    _known = 0;
                    if (_content.Length < _walker.Length)
                        _content = new byte[ushort.MaxValue];
                    break;
                case JpegToken.SegmentContent when IsCollected:
                    content.CopyTo(_content.AsSpan(_known));
                    _known += content.Length;
                    break;
                case JpegToken.SegmentEnd when IsCollected:
                    Keep(kept);
                    break;
                case JpegToken.Scan:
                case JpegToken.SegmentContent when IsKept:
                    kept.Write(content);
                    break;
                case JpegToken.None:
                    return;
            }
        }
    }

    /// <summary>Of what the segment has, what is needed.</summary>
    private void Keep(IBufferWriter<byte> kept)
    {
        switch (_walker.Marker)
        {
            case Markers.FirstApplication when Content.StartsWith(Jfif) && _known >= JfifLength:
                // Without its thumbnail: 0 × 0.
                Write(kept, [.. Content[..(JfifLength - 2)], 0, 0]);
                break;
            case Markers.Exif when Content.StartsWith(Exif) && !_isTurned && Orientation.Only(Content[Exif.Length..]) is { Length: > 0 } orientation:
                _isTurned = true;
                Write(kept, [.. Exif, .. orientation]);
                break;
            case Markers.Profile when Content.StartsWith(Profile):
                Write(kept, Content);
                break;
            case Markers.Adobe when Content.StartsWith(Adobe) && _known >= AdobeLength:
                Write(kept, Content[..AdobeLength]);
                break;
        }
    }

    private void Write(IBufferWriter<byte> kept, ReadOnlySpan<byte> content)
    {
        Start(kept, sizeof(ushort) + content.Length);
        kept.Write(content);
    }

    private void Start(IBufferWriter<byte> kept, int length)
    {
        var head = kept.GetSpan(4);
        (head[0], head[1]) = (0xFF, _walker.Marker);
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)length);
        kept.Advance(4);
    }
}
