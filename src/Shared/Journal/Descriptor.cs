using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Uploader.Shared.Journal;

/// <summary>Hands an open file over a unix socket (<c>SCM_RIGHTS</c>, unix(7)), which .NET has no call for.</summary>
internal static unsafe partial class Descriptor
{
    private const int SolSocket = 1;
    private const int ScmRights = 1;
    private const int NoSignal = 0x4000; // MSG_NOSIGNAL

    /// <returns>0, or the error number.</returns>
    public static int Send(Socket socket, SafeFileHandle file)
    {
        var owned = false;
        try
        {
            file.DangerousAddRef(ref owned);
            var control = new Control
            {
                // Aligned size of the header plus the descriptor, without the padding behind it (CMSG_LEN).
                Length = (nuint)(sizeof(nuint) + (2 * sizeof(int)) + sizeof(int)),
                Level = SolSocket,
                Type = ScmRights,
                File = (int)file.DangerousGetHandle(),
            };
            // No payload: journald ignores a datagram that has both.
            var message = new Message { Control = &control, ControlLength = (nuint)sizeof(Control) };
            return sendmsg(socket.SafeHandle, &message, NoSignal) < 0 ? Marshal.GetLastPInvokeError() : 0;
        }
        finally
        {
            if (owned)
            {
                file.DangerousRelease();
            }
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint sendmsg(SafeSocketHandle socket, Message* message, int flags);

    /// <summary><c>struct cmsghdr</c> with one descriptor behind it, padded as <c>CMSG_SPACE</c> wants.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Control
    {
        public nuint Length;
        public int Level;
        public int Type;
        public int File;
        public int Padding;
    }

    /// <summary><c>struct msghdr</c> of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Message
    {
        public void* Name;
        public uint NameLength;
        public void* Vector;
        public nuint VectorLength;
        public Control* Control;
        public nuint ControlLength;
        public int Flags;
    }
}
