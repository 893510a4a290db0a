namespace Uploader.Inspection.Reading;

/// <summary>Reads bytes of a file from an offset on; fewer than asked for only at its end.</summary>
internal delegate int ReadAt(long offset, Span<byte> into);

/// <summary>
/// A whole file, by offset, through one window: never all of it in memory. What is read together is bounded, so that no file can send its inspector
/// to and fro for ever. For one inspection.
/// </summary>
/// <param name="length">Bytes.</param>
/// <param name="read">Reads it.</param>
internal sealed class FileBytes(long length, ReadAt read)
{
    /// <summary>The most that can be looked at in one piece.</summary>
    public const int Window = 64 << 10;

    private byte[] _window = [];
    private long _start;
    private int _count;

    public long Length { get; } = length;

    /// <summary>How many bytes were read of it so far, those that were read again counted again.</summary>
    public long Read { get; private set; }

    public static FileBytes Of(ReadOnlyMemory<byte> bytes) => new(bytes.Length, (offset, into) =>
    {
        var count = (int)Math.Min(into.Length, Math.Max(0, bytes.Length - offset));
        bytes.Span.Slice((int)Math.Min(offset, bytes.Length), count).CopyTo(into);
        return count;
    });

    /// <summary>A part of it, as a file of its own: read through this one.</summary>
    public FileBytes Part(long start, long length) => new(length, (offset, into) => Copy(start + offset, into));

    /// <summary>Good until the next call.</summary>
    /// <param name="offset">Not negative; beyond the end there are no bytes.</param>
    /// <param name="count">At most <see cref="Window"/>.</param>
    /// <returns>Fewer bytes than asked for where the file ends.</returns>
    public ReadOnlySpan<byte> At(long offset, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Window);
        count = (int)Math.Min(count, Math.Max(0, Length - offset));
        if (count == 0)
            return [];
        if (offset < _start || offset + count > _start + _count)
            Move(offset);
        return _window.AsSpan((int)(offset - _start), Math.Min(count, _count - (int)(offset - _start)));
    }

    /// <summary>Copies bytes and leaves the window where it is: for what is looked at once.</summary>
    /// <returns>Fewer bytes than asked for where the file ends.</returns>
    public int Copy(long offset, Span<byte> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        into = into[..(int)Math.Min(into.Length, Math.Max(0, Length - offset))];
        if (offset >= _start && offset + into.Length <= _start + _count)
        {
            _window.AsSpan((int)(offset - _start), into.Length).CopyTo(into);
            return into.Length;
        }

        var count = read(offset, into);
        Read += count;
        return count;
    }

    private void Move(long offset)
    {
        if (_window.Length == 0)
            _window = GC.AllocateUninitializedArray<byte>((int)Math.Min(Window, Length));
        _start = offset;
        _count = read(offset, _window.AsSpan(0, (int)Math.Min(_window.Length, Length - offset)));
        Read += _count;
    }
}
