using Microsoft.Win32.SafeHandles;
using Uploader.Shared.Storage;

namespace Uploader.Shared.Ledger;

/// <summary>LiteDB's data file. It can be written only while it is unsealed, and never before the log that explains the write is on disk.</summary>
internal sealed class LedgerDataStream(SafeFileHandle handle, LedgerLogStream log) : Stream
{
    private long _position;

    /// <summary>
    /// A sealed file is only read. LiteDB writes on its way out too, when it closes after a failure: a batch that we have called failed
    /// must not arrive after all, and a header must not be marked in a file we may have misjudged.
    /// </summary>
    public bool IsSealed { get; set; } = true;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => RandomAccess.GetLength(handle);

    public override long Position { get => _position; set => _position = value; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = RandomAccess.Read(handle, buffer.AsSpan(offset, count), _position);
        _position += read;
        return read;
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (IsSealed)
            throw new InvalidOperationException("The ledger's data file is sealed.");
        log.Persist();
        RandomAccess.Write(handle, buffer.AsSpan(offset, count), _position);
        _position += count;
    }

    /// <summary>LiteDB cuts a last page that is not whole when it opens a file.</summary>
    public override void SetLength(long value) => RandomAccess.SetLength(handle, value);

    public override long Seek(long offset, SeekOrigin origin) => _position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => Length + offset,
    };

    public override void Flush() => Posix.SyncData(handle);
}
