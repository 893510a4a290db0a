using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Uploader.Shared.Storage;

namespace Uploader.Web.Scanning;

/// <summary>Gives one file to clamd over its socket, by INSTREAM (clamd(8)): pieces with their length before them, and an empty one at the end.</summary>
internal sealed class Clamd(EndPoint endPoint, TimeSpan timeout, TimeProvider time)
{
    private const int LengthSize = sizeof(uint);
    private const int Piece = 64 << 10;
    private const int LongestReply = 1024;

    /// <exception cref="OperationCanceledException">The client left.</exception>
    public async Task<ScanVerdict> Scan(StagedFile file, CancellationToken aborted)
    {
        using var tooSlow = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(tooSlow.Token, aborted);
        try
        {
            using var socket = endPoint is UnixDomainSocketEndPoint
                ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
                : new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(endPoint, either.Token);
            await TrySend(socket, file, either.Token);
            return ScanVerdict.Of(await Reply(socket, either.Token));
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            return new ScanVerdict.Unavailable($"no answer within {Math.Round(timeout.TotalSeconds, 1)} s");
        }
        catch (SocketException e)
        {
            return new ScanVerdict.Unavailable($"{endPoint}: {e.Message}");
        }
    }

    /// <summary>A scanner that has had enough says why and closes: then its answer is still there to be read.</summary>
    private static async Task TrySend(Socket socket, StagedFile file, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(LengthSize + Piece);
        try
        {
            await Send(socket, "zINSTREAM\0"u8.ToArray(), cancellation);
            int read;
            for (var offset = 0L; ; offset += read)
            {
                read = file.Read(offset, buffer.AsSpan(LengthSize, Piece));
                BinaryPrimitives.WriteInt32BigEndian(buffer, read);
                await Send(socket, buffer.AsMemory(0, LengthSize + read), cancellation);
                if (read == 0)
                    return;
            }
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted)
        {
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task Send(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await socket.SendAsync(bytes, cancellation)..];
    }

    private static async Task<string> Reply(Socket socket, CancellationToken cancellation)
    {
        var reply = new byte[LongestReply];
        var length = 0;
        while (length < reply.Length && await socket.ReceiveAsync(reply.AsMemory(length), cancellation) is > 0 and var read)
        {
            length += read;
            if (reply[length - 1] == 0)
                break;
        }

        return Encoding.ASCII.GetString(reply, 0, length);
    }
}
