using Microsoft.Win32.SafeHandles;
using Uploader.Shared.Storage;

namespace Uploader.Shared.Ledger;

/// <summary>
/// LiteDB's write-ahead log: in memory while a batch is made, on disk (<see cref="Persist"/>) before the first page of it reaches the data file.
/// </summary>
/// <remarks>
/// LiteDB 5.0.20 writes its log in a thread of its own. When that thread meets ENOSPC it dies, and whoever waits for it next, <c>Dispose</c> included,
/// waits for ever: measured in two of four runs on a small tmpfs, and it would be holding the ledger's lock. A write into memory cannot fail; the
/// write to the disk happens in the batch's own thread and throws there.
/// </remarks>
internal sealed class LedgerLogStream : Stream
{
    private readonly SafeFileHandle _handle;
    private readonly MemoryStream _pages = new();
    private long _onDisk;

    public LedgerLogStream(SafeFileHandle handle)
    {
        _handle = handle;
        _onDisk = RandomAccess.GetLength(handle);
        if (_onDisk == 0)
            return;

        // What a killed process left: LiteDB replays the transactions that are whole and skips the rest.
        var left = new byte[_onDisk];
        var read = 0;
        while (read < left.Length && RandomAccess.Read(handle, left.AsSpan(read), read) is var n and > 0)
            read += n;
        _pages.Write(left, 0, read);
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => _pages.Length;

    public override long Position { get => _pages.Position; set => _pages.Position = value; }

    /// <summary>Whether everything in the log is on disk; from then on the batch is there, even if the data file cannot take it now.</summary>
    public bool IsDurable { get; private set; }

    /// <exception cref="IOException">The log did not fit; nothing of the batch is on disk.</exception>
    public void Persist()
    {
        if (IsDurable)
            return;
        try
        {
            RandomAccess.Write(_handle, _pages.GetBuffer().AsSpan((int)_onDisk, (int)(_pages.Length - _onDisk)), _onDisk);
            Posix.SyncData(_handle);
        }
        catch
        {
            RandomAccess.SetLength(_handle, _onDisk);
            throw;
        }

        _onDisk = _pages.Length;
        IsDurable = true;
    }

    public override int Read(byte[] buffer, int offset, int count) => _pages.Read(buffer, offset, count);

    public override void Write(byte[] buffer, int offset, int count)
    {
        _pages.Write(buffer, offset, count);
        IsDurable = false;
    }

    public override void SetLength(long value)
    {
        _pages.SetLength(value);
        if (value >= _onDisk)
            return;
        RandomAccess.SetLength(_handle, value);
        _onDisk = value;
    }

    public override long Seek(long offset, SeekOrigin origin) => _pages.Seek(offset, origin);

    public override void Flush()
    {
        // LiteDB's thread flushes when it likes; durable is what Persist made so.
    }
}
