using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Uploader.Shared.Configuration;
using Uploader.Shared.Storage;

namespace Uploader.Shared.Scanning;

/// <summary>Talks to clamd over its socket, a connection a question (clamd(8)).</summary>
/// <param name="endPoint">Where it listens.</param>
/// <param name="timeout">From the connection to the end of its answer.</param>
/// <param name="time">Measures that.</param>
internal sealed class Clamd(EndPoint endPoint, TimeSpan timeout, TimeProvider time)
{
    private const int LengthSize = sizeof(uint);
    private const int Piece = 64 << 10;
    private const int LongestReply = 1024;

    /// <summary>Gives it one file, by INSTREAM: pieces with their length before them, and an empty one at the end.</summary>
    /// <exception cref="OperationCanceledException">The client left.</exception>
    public async Task<ScanVerdict> Scan(StagedFile file, CancellationToken aborted)
    {
        var answer = await Ask((socket, cancellation) => TrySend(socket, file, cancellation), aborted);
        return answer.Trouble is { } trouble ? new ScanVerdict.Unavailable(trouble) : ScanVerdict.Of(answer.Reply);
    }

    /// <summary>Whether it is there and answers. That it would scan a file is not said with that.</summary>
    /// <returns>Why not; null when it answers.</returns>
    /// <exception cref="OperationCanceledException">Nobody wants to know any more.</exception>
    public async Task<string?> Ping(CancellationToken aborted)
    {
        var answer = await Ask((socket, cancellation) => Send(socket, "zPING\0"u8.ToArray(), cancellation), aborted);
        return answer.Trouble ?? answer.Reply switch
        {
            "PONG\0" => null,
            "" => ScanVerdict.NoAnswer,
            var other => $"it does not answer as clamd does: {other.Trim('\0', '\n', ' ')}",
        };
    }

    /// <summary>One question and its answer, or why there is none.</summary>
    private async Task<(string Reply, string? Trouble)> Ask(Func<Socket, CancellationToken, Task> send, CancellationToken aborted)
    {
        using var tooSlow = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(tooSlow.Token, aborted);
        try
        {
            using var socket = endPoint is UnixDomainSocketEndPoint
                ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
                : new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(endPoint, either.Token);
            await send(socket, either.Token);
            return (await Reply(socket, either.Token), null);
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            return ("", $"no answer within {Math.Round(timeout.TotalSeconds, 1)} s");
        }
        catch (SocketException e)
        {
            return ("", $"{Syntax.ServiceOrNone.Write(endPoint)}: {e.Message}");
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
