using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Uploader.Shared.Storage;

/// <summary>
/// Reads directories in batches into one buffer (getdents64(2)). An entry is a view into it, so that a walk over half a million files
/// allocates nothing for them; it is gone with the next batch.
/// </summary>
internal sealed class DirectoryEntries
{
    private const int OffsetAt = 8;
    private const int LengthAt = 16;
    private const int KindAt = 18;
    private const int NameAt = 19;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(128 * 1024, pinned: true);
    private int _filled;

    /// <summary>False at the end of the directory.</summary>
    /// <exception cref="PosixException">It cannot be read, or it was removed meanwhile.</exception>
    public bool Read(SafeFileHandle folder)
    {
        var read = Libc.GetDents64(folder, ref MemoryMarshal.GetArrayDataReference(_buffer), (nuint)_buffer.Length);
        if (read < 0)
            throw PosixException.Last("getdents64", "handle");
        _filled = (int)read;
        return read > 0;
    }

    public Enumerator GetEnumerator() => new(_buffer.AsSpan(0, _filled));

    internal ref struct Enumerator(ReadOnlySpan<byte> rest)
    {
        private ReadOnlySpan<byte> _rest = rest;

        public Entry Current { get; private set; }

        public bool MoveNext()
        {
            do
            {
                if (_rest.IsEmpty)
                    return false;
                var length = BinaryPrimitives.ReadUInt16LittleEndian(_rest[LengthAt..]);
                Current = new Entry(_rest[..length]);
                _rest = _rest[length..];
            }
            while (Current.IsDots);
            return true;
        }
    }

    internal readonly ref struct Entry(ReadOnlySpan<byte> record)
    {
        private readonly ReadOnlySpan<byte> _record = record;

        /// <summary>With its terminating zero, as the kernel takes it back.</summary>
        public ReadOnlySpan<byte> Name => _record.Slice(NameAt, _record[NameAt..].IndexOf((byte)0) + 1);

        /// <summary>Where the directory goes on after this entry (lseek(2)).</summary>
        public long NextOffset => BinaryPrimitives.ReadInt64LittleEndian(_record[OffsetAt..]);

        /// <summary>A hint: some file systems leave it open (DT_UNKNOWN), and the entry may have been exchanged since.</summary>
        public bool LooksLikeFolder => _record[KindAt] == 4;

        internal bool IsDots => _record[NameAt] == '.' && (_record[NameAt + 1] == 0 || (_record[NameAt + 1] == '.' && _record[NameAt + 2] == 0));
    }
}
