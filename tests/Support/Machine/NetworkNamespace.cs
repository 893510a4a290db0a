using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Support.Machine;

/// <summary>The network of another process: sockets made in it stay in it, whoever uses them.</summary>
internal static partial class NetworkNamespace
{
    private const int OfNetwork = 0x40000000; // CLONE_NEWNET

    /// <summary>A TCP socket in the network of that process, bound to that address.</summary>
    public static Socket Bound(int process, IPAddress from)
    {
        using var own = Open("thread-self");
        using var other = Open($"{process}");
        // A namespace is a thread's: between these two calls nothing may hand the thread to anybody else.
        Enter(other);
        try
        {
            var socket = new Socket(from.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(from, 0));
            return socket;
        }
        finally
        {
            Enter(own);
        }
    }

    private static SafeFileHandle Open(string process) => File.OpenHandle($"/proc/{process}/ns/net");

    private static void Enter(SafeFileHandle network)
    {
        if (SetNamespace(network, OfNetwork) != 0)
        {
            throw new Win32Exception();
        }
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(SafeFileHandle handle, int kind);
}
