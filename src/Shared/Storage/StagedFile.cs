using Microsoft.Win32.SafeHandles;

namespace Uploader.Shared.Storage;

/// <summary>
/// An upload while it arrives: a file in <c>.incoming</c> that we alone can read. Not committed means gone. Its lock is what the staging sweep asks
/// whether anybody still writes it; it dies with the process. For one caller at a time.
/// </summary>
internal sealed class StagedFile : IDisposable
{
    private readonly Folder _staging;
    private readonly string _name;
    private readonly SafeFileHandle _file;
    private readonly Committal _committal;
    private long _length;
    private bool _isOver;

    internal StagedFile(Folder staging, string name, SafeFileHandle file, Committal committal) =>
        (_staging, _name, _file, _committal) = (staging, name, file, committal);

    /// <summary>Bytes written so far.</summary>
    public long Length => _length;

    /// <exception cref="PosixException">Its <see cref="PosixException.IsDiskFull"/> says whether the disk is full.</exception>
    public void Append(ReadOnlySpan<byte> bytes) => Posix.WriteAll(_file, bytes, ref _length);

    /// <returns>Fewer bytes than asked for only at the end of the file.</returns>
    public int Read(long offset, Span<byte> into) => Posix.Read(_file, offset, into);

    /// <summary>
    /// Makes the file public under a new id. Blocks for as long as the disk takes, so call it through <see cref="CommitLane"/>.
    /// After an exception nothing is public, and the staged file is still here to be disposed of.
    /// </summary>
    /// <param name="extension">From the allow-list, without the dot.</param>
    /// <param name="description">What is known of the file.</param>
    /// <param name="now">Decides the dated folder, in UTC.</param>
    public StoredFile Commit(string extension, FileDescription description, DateTimeOffset now)
    {
        ObjectDisposedException.ThrowIf(_isOver, this);
        var stored = _committal.Publish(_staging, _name, _file, _length, StoredName.New(extension), description, now);
        Close();
        return stored;
    }

    public void Dispose()
    {
        if (_isOver)
            return;

        try
        {
            _staging.Unlink(_name);
        }
        finally
        {
            Close();
        }
    }

    private void Close()
    {
        _isOver = true;
        // By hand and not only with the handle: a child that somebody forks shares both until its exec, and .NET readers, who ask for a
        // shared lock of the same kind, would find the public file "used by another process".
        Posix.Unlock(_file);
        _file.Dispose();
        _staging.Dispose();
    }
}
