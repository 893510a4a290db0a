using System.Net;
using System.Net.Sockets;
using System.Text;
using Support;
using Uploader.Shared.Scanning;

namespace Shared.Tests.Scanning;

/// <summary>PING, to a real clamd and to what is none.</summary>
public sealed class PingTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_clamd_that_runs_answers_and_one_that_is_stopped_does_not()
    {
        await using var clamd = await ClamdServer.Start();
        Assert.Null(await Ping(clamd.Socket));

        await clamd.End();
        Assert.StartsWith(clamd.Socket + ": ", await Ping(clamd.Socket));
    }

    [Theory]
    [InlineData("PONG\0", null)]
    [InlineData("PONG, more or less\0", "it does not answer as clamd does: PONG, more or less")]
    [InlineData("HTTP/1.1 400 Bad Request", "it does not answer as clamd does: HTTP/1.1 400 Bad Request")]
    [InlineData("", "it closed the connection without an answer")]
    public async Task Whatever_else_listens_there_is_no_scanner(string reply, string? trouble)
    {
        using var listener = Listen();
        var ping = Ping(_scratch.Of("socket"));
        using (var connection = await listener.AcceptAsync(TestContext.Current.CancellationToken))
        {
            var asked = new byte[100];
            Assert.Equal("zPING\0", Encoding.ASCII.GetString(asked, 0, await connection.ReceiveAsync(asked, TestContext.Current.CancellationToken)));
            await connection.SendAsync(Encoding.ASCII.GetBytes(reply), TestContext.Current.CancellationToken);
        }

        Assert.Equal(trouble, await ping);
    }

    [Fact]
    public async Task One_that_says_nothing_is_given_up()
    {
        using var listener = Listen();
        Assert.Equal("no answer within 0.2 s", await Ping(_scratch.Of("socket"), TimeSpan.FromMilliseconds(200)));
    }

    [Fact]
    public async Task Where_nobody_listens_on_a_port_it_is_named_as_it_was_set() =>
        Assert.StartsWith("localhost:1: ", await new Clamd(new DnsEndPoint("localhost", 1), TimeSpan.FromSeconds(60), TimeProvider.System).Ping(CancellationToken.None));

    private static Task<string?> Ping(string socket, TimeSpan? timeout = null) =>
        new Clamd(new UnixDomainSocketEndPoint(socket), timeout ?? TimeSpan.FromSeconds(60), TimeProvider.System).Ping(CancellationToken.None);

    private Socket Listen()
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(_scratch.Of("socket")));
        listener.Listen();
        return listener;
    }
}
