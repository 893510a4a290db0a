using Uploader.Inspection.Reading;

namespace Uploader.Inspection.Pdf;

/// <summary>Undoes the PNG predictors (ISO 32000-1, 7.4.4.4; <see href="https://www.w3.org/TR/png-3/#9Filters"/>), a row at a time.</summary>
internal sealed class PngRows : ReadOnlyBytes
{
    /// <summary>Bytes. Rows of cross-references are a few long.</summary>
    private const int LongestRow = 4096;

    private readonly Stream _packed;
    private readonly int _pixel;
    private byte[] _above;
    private byte[] _row;
    private int _at;
    private int _count;

    public PngRows(Stream packed, Packing packing)
    {
        if (packing is not { Predictor: >= 10 and <= 15, Columns: > 0 and <= LongestRow, Colors: > 0 and <= 32, BitsPerComponent: 1 or 2 or 4 or 8 or 16 })
            throw new InvalidDataException("parameters of the predictor");
        var bits = packing.Colors * packing.BitsPerComponent;
        var length = ((bits * packing.Columns) + 7) / 8;
        if (length > LongestRow)
            throw new InvalidDataException("row of the predictor");
        // Rows may be a byte long.
        _packed = new BufferedStream(packed, 4096);
        _pixel = (int)Math.Max(1, (bits + 7) / 8);
        _above = new byte[length];
        _row = new byte[length];
        _at = _count = 0;
    }

    public override int Read(Span<byte> buffer)
    {
        var total = 0;
        // As many rows as there is room for: whoever looks at pieces gets no tiny ones.
        while (total < buffer.Length && (_at < _count || NextRow()))
        {
            var count = Math.Min(buffer.Length - total, _count - _at);
            _row.AsSpan(_at, count).CopyTo(buffer[total..]);
            _at += count;
            total += count;
        }

        return total;
    }

    protected override void Dispose(bool disposing)
    {
        _packed.Dispose();
        base.Dispose(disposing);
    }

    private bool NextRow()
    {
        (_above, _row) = (_row, _above);
        var filter = _packed.ReadByte();
        _at = 0;
        _count = filter < 0 ? 0 : _packed.ReadAtLeast(_row, _row.Length, throwOnEndOfStream: false);
        for (var i = 0; i < _count; i++)
        {
            var left = i < _pixel ? 0 : _row[i - _pixel];
            var corner = i < _pixel ? 0 : _above[i - _pixel];
            _row[i] += (byte)(filter switch
            {
                0 => 0,
                1 => left,
                2 => _above[i],
                3 => (left + _above[i]) / 2,
                4 => Paeth(left, _above[i], corner),
                _ => throw new InvalidDataException("filter of a row"),
            });
        }

        return _count > 0;
    }

    private static int Paeth(int left, int above, int corner)
    {
        var guess = left + above - corner;
        var (toLeft, toAbove, toCorner) = (Math.Abs(guess - left), Math.Abs(guess - above), Math.Abs(guess - corner));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }
}
