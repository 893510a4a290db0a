using System.IO.Compression;
using Uploader.Inspection.Reading;

namespace Uploader.Inspection.Png;

/// <summary>Unpacks a zlib stream that comes in pieces, to see what is in it.</summary>
internal sealed class Unpacking : IDisposable
{
    private readonly Inlet _inlet = new();
    private readonly ZLibStream _zlib;

    public Unpacking() => _zlib = new ZLibStream(_inlet, CompressionMode.Decompress);

    /// <summary>The stream is at its end, and its checksum fits.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Takes bytes of the stream, as many as fit. Before the next ones, <see cref="Read"/> until there are none.</summary>
    /// <param name="packed">What is taken is cut off.</param>
    public void Feed(ref ReadOnlySpan<byte> packed) => _inlet.Fill(ref packed);

    /// <returns>How many bytes are unpacked; 0: it needs more, or is over.</returns>
    /// <exception cref="InvalidDataException">It is no such stream.</exception>
    public int Read(Span<byte> into)
    {
        var count = _zlib.ReadPacked(into);
        // At the stream's end it does not ask for more, and what is left is not its own.
        if (count == 0)
            IsOver = !_inlet.WasFoundEmpty;
        return count;
    }

    public void Dispose() => _zlib.Dispose();

    /// <summary>A stream that has nothing at times, and goes on later.</summary>
    private sealed class Inlet : ReadOnlyBytes
    {
        private readonly byte[] _bytes = new byte[4 << 10];
        private int _start;
        private int _end;

        public bool WasFoundEmpty { get; private set; }

        public void Fill(ref ReadOnlySpan<byte> packed)
        {
            var count = Math.Min(packed.Length, _bytes.Length);
            packed[..count].CopyTo(_bytes);
            packed = packed[count..];
            (_start, _end, WasFoundEmpty) = (0, count, false);
        }

        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(buffer.Length, _end - _start);
            WasFoundEmpty |= count == 0;
            _bytes.AsSpan(_start, count).CopyTo(buffer);
            _start += count;
            return count;
        }
    }
}
