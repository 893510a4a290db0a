using System.Buffers.Binary;

namespace Uploader.Inspection.Jpeg;

/// <summary>
/// Goes from marker to marker of one JPEG image, through its scans to its EOI, while it comes in pieces of whatever size. Judges nothing, and holds two bytes
/// of the file at most. ITU-T T.81, annex B.
/// </summary>
/// <param name="start">The image's offset in the file.</param>
internal sealed class JpegWalker(long start = 0)
{
    private readonly byte[] _length = new byte[sizeof(ushort)];
    private State _state = State.Marker;
    private bool _isPrefixed;
    private int _lengthKnown;
    private int _left;

    private enum State
    {
        Marker,
        Length,
        Content,
        Scan,
        Over,
    }

    private static ReadOnlySpan<byte> Stuffed => [Markers.Prefix, 0];

    /// <summary>Of the next byte.</summary>
    public long Offset { get; private set; } = start;

    /// <summary>The last one, see <see cref="Markers"/>.</summary>
    public byte Marker { get; private set; }

    /// <summary>Where the last marker stands.</summary>
    public long MarkerOffset { get; private set; }

    /// <summary>Of the current segment, as it says: its own two bytes and the content.</summary>
    public int Length { get; private set; }

    /// <summary>EOI is past.</summary>
    public bool IsOver => _state == State.Over;

    /// <summary>Takes the next token off the piece. Ask again until there is none; what is left then is behind the image.</summary>
    /// <param name="piece">The next bytes of the file; what is read is cut off.</param>
    /// <param name="content">The bytes of a segment's content, a scan, or of none of these.</param>
    public JpegToken Read(ref ReadOnlySpan<byte> piece, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (_state == State.Content && _left == 0)
        {
            _state = Marker == Markers.StartOfScan ? State.Scan : State.Marker;
            return JpegToken.SegmentEnd;
        }

        while (!piece.IsEmpty)
        {
            var token = _state switch
            {
                State.Marker => ReadMarker(ref piece, out content),
                State.Length => ReadLength(ref piece),
                State.Content => ReadContent(ref piece, out content),
                State.Scan => ReadScan(ref piece, out content),
                _ => JpegToken.None,
            };
            if (token != JpegToken.None || IsOver)
                return token;
        }

        return JpegToken.None;
    }

    private JpegToken ReadMarker(ref ReadOnlySpan<byte> piece, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (!_isPrefixed && piece[0] != Markers.Prefix)
        {
            var next = piece.IndexOf(Markers.Prefix);
            content = Take(ref piece, next < 0 ? piece.Length : next);
            return JpegToken.Stray;
        }

        var code = Take(ref piece, 1)[0];
        // Any number of FF may stand before a marker (B.1.1.2).
        if (code == Markers.Prefix)
        {
            _isPrefixed = true;
            return JpegToken.None;
        }

        _isPrefixed = false;
        if (code == 0)
        {
            content = Stuffed;
            return JpegToken.Stray;
        }

        return Begin(code);
    }

    private JpegToken Begin(byte marker)
    {
        Marker = marker;
        MarkerOffset = Offset - 2;
        if (!Markers.IsAlone(marker))
        {
            _state = State.Length;
            return JpegToken.None;
        }

        if (marker == Markers.EndOfImage)
            _state = State.Over;
        else if (!Markers.IsRestart(marker))
            _state = State.Marker;
        return JpegToken.Marker;
    }

    private JpegToken ReadLength(ref ReadOnlySpan<byte> piece)
    {
        _length[_lengthKnown++] = Take(ref piece, 1)[0];
        if (_lengthKnown < _length.Length)
            return JpegToken.None;
        _lengthKnown = 0;
        Length = BinaryPrimitives.ReadUInt16BigEndian(_length);
        _left = Math.Max(0, Length - _length.Length);
        _state = State.Content;
        return JpegToken.SegmentStart;
    }

    private JpegToken ReadContent(ref ReadOnlySpan<byte> piece, out ReadOnlySpan<byte> content)
    {
        content = Take(ref piece, Math.Min(piece.Length, _left));
        _left -= content.Length;
        return JpegToken.SegmentContent;
    }

    private JpegToken ReadScan(ref ReadOnlySpan<byte> piece, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (!_isPrefixed)
        {
            content = Take(ref piece, ScanLength(piece));
            if (!content.IsEmpty)
                return JpegToken.Scan;
        }

        var code = Take(ref piece, 1)[0];
        if (code == Markers.Prefix)
        {
            _isPrefixed = true;
            return JpegToken.None;
        }

        _isPrefixed = false;
        if (code != 0)
            return Begin(code);
        content = Stuffed;
        return JpegToken.Scan;
    }

    /// <summary>Up to what may be a marker.</summary>
    private static int ScanLength(ReadOnlySpan<byte> piece)
    {
        for (var at = 0; at < piece.Length;)
        {
            var next = piece[at..].IndexOf(Markers.Prefix);
            if (next < 0)
                return piece.Length;
            at += next;
            if (at + 1 == piece.Length || piece[at + 1] != 0)
                return at;
            at += Stuffed.Length;
        }

        return piece.Length;
    }

    private ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> piece, int count)
    {
        var taken = piece[..count];
        piece = piece[count..];
        Offset += count;
        return taken;
    }
}
