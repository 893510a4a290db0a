using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Uploader.Ctl.Doctor.Fronts;

/// <summary>Requests to one server of this host, as a client sends them. Each has a time limit, and a server that is not there is an answer too.</summary>
internal sealed class Conversation : IDisposable
{
    private const int MostOfBody = 64 << 10;
    private const int Tries = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly HttpClient _client;
    private readonly Uri _address;
    private readonly TimeProvider _time;

    private Conversation(Uri address, EndPoint connect, TimeProvider time)
    {
        (_address, _time) = (address, time);
        _client = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectTimeout = Patience,
            Expect100ContinueTimeout = Patience,
            ConnectCallback = (_, cancellation) => Connect(connect, cancellation),
#pragma warning disable CA5359 // It is this host that answers on its own address: there is nobody in between, and the certificate's name leads elsewhere.
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true },
#pragma warning restore CA5359
        })
        {
            Timeout = Patience,
        };
    }

    public static Conversation With(FrontServer front, TimeProvider time) => new(front.Address, front.Connect, time);

    /// <summary>The service itself, by one of its sockets.</summary>
    public static Conversation With(EndPoint service, TimeProvider time) => new(new Uri("http://localhost/"), service, time);

    public void Dispose() => _client.Dispose();

    /// <summary>Asks, and when told to slow down waits and asks again: it is one of the other checks that drew on the limit.</summary>
    /// <param name="request">A new one each time, with a relative address.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public async Task<Reply> Ask(Func<HttpRequestMessage> request, CancellationToken cancellation)
    {
        for (var left = Tries; ; left--)
        {
            var reply = await AskOnce(request, cancellation);
            if (reply.Status != 429 || left == 1)
                return reply;
            await Task.Delay(PauseOf(reply), _time, cancellation);
        }
    }

    public async Task<Reply> AskOnce(Func<HttpRequestMessage> request, CancellationToken cancellation)
    {
        using var message = request();
        message.RequestUri = new Uri(_address, message.RequestUri!);
        try
        {
            using var answer = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation);
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
                headers[name] = string.Join(", ", values);
            return new Reply((int)answer.StatusCode, headers, await Beginning(answer, cancellation));
        }
        catch (Exception e) when (e is HttpRequestException or IOException && message.Content is DeclaredContent { WasWanted: true })
        {
            return Reply.None("") with { Status = Reply.WantsBody };
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
        {
            return Reply.None((e.InnerException ?? e).Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Reply.None($"no answer within {Patience.TotalSeconds:0} s");
        }
    }

    private static async Task<string> Beginning(HttpResponseMessage answer, CancellationToken cancellation)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
        var bytes = new byte[MostOfBody];
        var read = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        return System.Text.Encoding.UTF8.GetString(bytes, 0, read);
    }

    private static TimeSpan PauseOf(Reply reply)
    {
        var told = int.TryParse(reply.Header("Retry-After"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : TimeSpan.FromSeconds(1);
        return told < LongestPause ? told : LongestPause;
    }

    private static async ValueTask<Stream> Connect(EndPoint end, CancellationToken cancellation)
    {
        var socket = end is IPEndPoint ? new Socket(end.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true } : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(end, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
