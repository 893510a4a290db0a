using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using Uploader.Inspection.Png;

namespace Uploader.Inspection.Stripping;

/// <summary>Drops texts, EXIF, times and every chunk that nobody knows.</summary>
internal sealed class PngStripper : MetadataStripper
{
    /// <summary>EXIF that is longer has its orientation before.</summary>
    private const int MostExif = 64 << 10;

    private readonly PngWalker _walker = new();
    private byte[] _exif = [];
    private int _exifKnown;
    private bool _isBegun;
    private bool _isTurned;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    private static ReadOnlySpan<uint> Kept =>
    [
        ChunkTypes.Ihdr, ChunkTypes.Plte, ChunkTypes.Idat, ChunkTypes.Iend, ChunkTypes.Trns, ChunkTypes.Bkgd, ChunkTypes.Phys,
        ChunkTypes.Chrm, ChunkTypes.Gama, ChunkTypes.Iccp, ChunkTypes.Sbit, ChunkTypes.Srgb, ChunkTypes.Cicp, ChunkTypes.Mdcv, ChunkTypes.Clli,
        ChunkTypes.Actl, ChunkTypes.Fctl, ChunkTypes.Fdat,
    ];

    private bool IsKept => Kept.Contains(_walker.Type) || ChunkTypes.IsUnknownCritical(_walker.Type);

    public override void Feed(ReadOnlySpan<byte> piece, IBufferWriter<byte> kept)
    {
        if (!_isBegun)
            kept.Write(Signature);
        _isBegun = true;
        while (true)
        {
            switch (_walker.Read(ref piece, out var content))
            {
                case PngToken.ChunkStart when IsKept:
                    Number(kept, _walker.Length);
                    Number(kept, _walker.Type);
                    break;
                case PngToken.ChunkContent when IsKept:
                    kept.Write(content);
                    break;
                case PngToken.ChunkEnd when IsKept:
                    Number(kept, _walker.Crc);
                    break;
                case PngToken.ChunkContent when _walker.Type == ChunkTypes.Exif:
                    Collect(content);
                    break;
                case PngToken.ChunkEnd when _walker.Type == ChunkTypes.Exif:
                    Turn(kept);
                    break;
                case PngToken.None:
                    return;
            }
        }
    }

    private void Collect(ReadOnlySpan<byte> content)
    {
        if (_exif.Length == 0)
            _exif = new byte[(int)Math.Min(MostExif, _walker.Length)];
        content = content[..Math.Min(content.Length, _exif.Length - _exifKnown)];
        content.CopyTo(_exif.AsSpan(_exifKnown));
        _exifKnown += content.Length;
    }

    private void Turn(IBufferWriter<byte> kept)
    {
        var content = Orientation.Only(_exif.AsSpan(0, _exifKnown));
        if (content.Length == 0 || _isTurned)
            return;
        _isTurned = true;
        Number(kept, (uint)content.Length);
        Span<byte> covered = [.. "eXIf"u8, .. content];
        kept.Write(covered);
        Number(kept, Crc32.HashToUInt32(covered));
    }

    private static void Number(IBufferWriter<byte> kept, uint number)
    {
        BinaryPrimitives.WriteUInt32BigEndian(kept.GetSpan(sizeof(uint)), number);
        kept.Advance(sizeof(uint));
    }
}
