using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Uploader.Shared.Journal;

/// <summary>An anonymous file in memory that nobody can change any more: how an entry too large for a datagram reaches journald.</summary>
internal static partial class SealedMemory
{
    private const uint CloseOnExec = 0x1;
    private const uint AllowSealing = 0x2;
    private const int AddSeals = 1033; // F_ADD_SEALS

    // SEAL | SHRINK | GROW | WRITE: journald 252 compares for exactly these, and copies the whole file when one is missing or one too many.
    private const int AllSeals = 0x1 | 0x2 | 0x4 | 0x8;

    /// <exception cref="Win32Exception">The kernel or a sandbox refuses.</exception>
    public static SafeFileHandle With(ReadOnlySpan<byte> content)
    {
        var memory = memfd_create("journal-entry", CloseOnExec | AllowSealing);
        if (memory.IsInvalid)
        {
            throw new Win32Exception();
        }

        try
        {
            RandomAccess.Write(memory, content, fileOffset: 0);
            if (fcntl(memory, AddSeals, AllSeals) != 0)
            {
                throw new Win32Exception();
            }

            return memory;
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle memfd_create(string name, uint flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fcntl(SafeFileHandle file, int command, nint argument);
}
