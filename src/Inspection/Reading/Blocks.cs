namespace Uploader.Inspection.Reading;

/// <summary>
/// Cuts a file into the same blocks in whatever pieces it comes. So what is found first in a file is decided by the file: not by the network, nor by who sends
/// it byte by byte. A whole block inside a piece is not copied.
/// </summary>
/// <param name="length">Bytes of every block but the last.</param>
internal sealed class Blocks(int length)
{
    private byte[] _kept = [];
    private int _count;

    /// <summary>The next whole block, taken off the piece. Where there is none, all of the piece is kept.</summary>
    /// <param name="piece">The next bytes.</param>
    /// <param name="block">Good until the next call.</param>
    public bool TryTake(ref ReadOnlySpan<byte> piece, out ReadOnlySpan<byte> block)
    {
        if (_count == 0 && piece.Length >= length)
        {
            block = piece[..length];
            piece = piece[length..];
            return true;
        }

        var more = Math.Min(piece.Length, length - _count);
        if (more > 0 && _kept.Length == 0)
            _kept = GC.AllocateUninitializedArray<byte>(length);
        piece[..more].CopyTo(_kept.AsSpan(_count));
        piece = piece[more..];
        _count += more;
        if (_count < length)
        {
            block = [];
            return false;
        }

        block = TakeRest();
        return true;
    }

    /// <summary>What came since the last whole block; good until the next call.</summary>
    public ReadOnlySpan<byte> TakeRest()
    {
        var rest = _kept.AsSpan(0, _count);
        _count = 0;
        return rest;
    }
}
