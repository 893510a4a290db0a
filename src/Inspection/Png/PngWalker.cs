using System.Buffers.Binary;
using System.IO.Hashing;

namespace Uploader.Inspection.Png;

/// <summary>
/// Goes from chunk to chunk of a PNG that comes in pieces of whatever size. Judges nothing, and holds twelve bytes of the file at most.
/// <see href="https://www.w3.org/TR/png-3/#5DataRep"/>
/// </summary>
internal sealed class PngWalker
{
    private const int SignatureLength = 8;
    private const int HeadLength = 8;
    private const int CrcLength = 4;

    private readonly byte[] _frame = new byte[HeadLength];
    private readonly Crc32 _crc = new();
    private State _state = State.Signature;
    private int _framed;
    private uint _left;

    private enum State
    {
        Signature,
        Head,
        Content,
        Crc,
        Trailer,
    }

    /// <summary>Of the next byte.</summary>
    public long Offset { get; private set; }

    /// <summary>The current chunk's, see <see cref="ChunkTypes"/>.</summary>
    public uint Type { get; private set; }

    /// <summary>Of the current chunk's content.</summary>
    public uint Length { get; private set; }

    /// <summary>Of the current chunk: where its length stands.</summary>
    public long ChunkOffset { get; private set; }

    /// <summary>As the current chunk, which is at its end, says.</summary>
    public uint Crc { get; private set; }

    public bool CrcFits => Crc == _crc.GetCurrentHashAsUInt32();

    /// <summary>The IEND chunk is past.</summary>
    public bool IsAtEnd => _state == State.Trailer;

    /// <summary>Takes the next token off the piece. Ask again until there is none.</summary>
    /// <param name="piece">The next bytes of the file; what is read is cut off.</param>
    /// <param name="content">The bytes of a <see cref="PngToken.ChunkContent"/> or <see cref="PngToken.Trailer"/>.</param>
    public PngToken Read(ref ReadOnlySpan<byte> piece, out ReadOnlySpan<byte> content)
    {
        content = default;
        switch (_state)
        {
            case State.Signature:
                if (!HasFrame(ref piece, SignatureLength))
                    return PngToken.None;
                _state = State.Head;
                goto case State.Head;
            case State.Head:
                if (!HasFrame(ref piece, HeadLength))
                    return PngToken.None;
                Begin();
                return PngToken.ChunkStart;
            case State.Content when _left > 0:
                if (piece.IsEmpty)
                    return PngToken.None;
                content = Take(ref piece, (int)Math.Min((uint)piece.Length, _left));
                _left -= (uint)content.Length;
                _crc.Append(content);
                return PngToken.ChunkContent;
            case State.Content:
                _state = State.Crc;
                goto case State.Crc;
            case State.Crc:
                if (!HasFrame(ref piece, CrcLength))
                    return PngToken.None;
                Crc = BinaryPrimitives.ReadUInt32BigEndian(_frame);
                _state = Type == ChunkTypes.Iend ? State.Trailer : State.Head;
                return PngToken.ChunkEnd;
            default:
                content = Take(ref piece, piece.Length);
                return content.IsEmpty ? PngToken.None : PngToken.Trailer;
        }
    }

    private void Begin()
    {
        ChunkOffset = Offset - HeadLength;
        Length = _left = BinaryPrimitives.ReadUInt32BigEndian(_frame);
        Type = BinaryPrimitives.ReadUInt32BigEndian(_frame.AsSpan(sizeof(uint)));
        _crc.Reset();
        _crc.Append(_frame.AsSpan(sizeof(uint), sizeof(uint)));
        _state = State.Content;
    }

    /// <summary>Collects bytes that belong together though pieces may part them.</summary>
    private bool HasFrame(ref ReadOnlySpan<byte> piece, int length)
    {
        var taken = Take(ref piece, Math.Min(piece.Length, length - _framed));
        taken.CopyTo(_frame.AsSpan(_framed));
        _framed += taken.Length;
        if (_framed < length)
            return false;
        _framed = 0;
        return true;
    }

    private ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> piece, int count)
    {
        var taken = piece[..count];
        piece = piece[count..];
        Offset += count;
        return taken;
    }
}
