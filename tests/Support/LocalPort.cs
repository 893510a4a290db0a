using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Support;

/// <summary>Loopback ports that were free a moment ago.</summary>
public static class LocalPort
{
    // Below those that the kernel gives to outgoing connections (ip_local_port_range). A client that tries to reach a port of these while
    // nobody listens may be given that very port, is then connected to itself, and the server that is started again finds it in use.
    private const int First = 20_000;
    private const int End = 32_768;

    public static int Free()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(First, End);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken: another one.
            }
        }
    }

    public static async Task<bool> Answers(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
