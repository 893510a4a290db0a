using System.ComponentModel;
using System.Net.Sockets;

namespace Uploader.Shared.Journal;

/// <summary>What became of an entry that was sent.</summary>
internal enum Delivery
{
    /// <summary>journald has it.</summary>
    Done,

    /// <summary>journald is not there or takes nothing now; the same entry may be tried again.</summary>
    Later,

    /// <summary>This entry cannot be sent at all.</summary>
    Never,
}

/// <summary>The connection to journald's datagram socket; made when needed and anew when journald has come back. Used by one thread.</summary>
internal sealed class JournalSocket(string path) : IDisposable
{
    // A journald that is stopped leaves its queue full, and a send would wait for ever.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);
    private Socket? _socket;

    public Delivery Send(ReadOnlySpan<byte> entry)
    {
        try
        {
            _socket ??= Connect();
            _socket.Send(entry);
            return Delivery.Done;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.MessageSize or SocketError.NoBufferSpaceAvailable)
        {
            return SendSealed(_socket!, entry);
        }
        catch (SocketException e)
        {
            return Outcome(e.SocketErrorCode);
        }
    }

    public void Dispose() => Disconnect();

    private Socket Connect()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        try
        {
            socket.SendTimeout = (int)Patience.TotalMilliseconds;
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private Delivery SendSealed(Socket socket, ReadOnlySpan<byte> entry)
    {
        const int TryAgain = 11; // EAGAIN: the send timeout passed
        const int Interrupted = 4;
        const int TooManyInFlight = 109; // ETOOMANYREFS: descriptors that journald has not fetched yet
        const int Refused = 111;
        const int NotConnected = 107;
        try
        {
            using var memory = SealedMemory.With(entry);
            var error = Descriptor.Send(socket, memory);
            if (error is Refused or NotConnected)
            {
                Disconnect();
            }

            return error switch
            {
                0 => Delivery.Done,
                TryAgain or Interrupted or TooManyInFlight or Refused or NotConnected => Delivery.Later,
                _ => Delivery.Never,
            };
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            return Delivery.Never;
        }
    }

    private Delivery Outcome(SocketError error)
    {
        if (error is not (SocketError.TimedOut or SocketError.WouldBlock or SocketError.Interrupted))
        {
            // Not there, or another one is there by now: ECONNREFUSED from a socket whose owner died, ENOENT while it is made anew.
            Disconnect();
        }

        return Delivery.Later;
    }

    private void Disconnect()
    {
        _socket?.Dispose();
        _socket = null;
    }
}
