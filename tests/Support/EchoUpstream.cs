using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Support;

/// <summary>Stands where the service stands behind a proxy, and answers with what reached it: what is tested is what the proxy passes on.</summary>
public sealed class EchoUpstream : IAsyncDisposable
{
    private readonly WebApplication _application;

    private EchoUpstream(WebApplication application) => _application = application;

    /// <summary>Listens on a Unix socket. The answer has a line for each header, and one, <c>body: n</c>, for the bytes that came.</summary>
    public static async Task<EchoUpstream> Start(string socket)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenUnixSocket(socket, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        var application = builder.Build();
        application.Run(Echo);
        await application.StartAsync();
        // Proxies in tests drop to www-data.
        File.SetUnixFileMode(socket, (UnixFileMode)0b110_110_110);
        return new EchoUpstream(application);
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static async Task Echo(HttpContext context)
    {
        var length = 0L;
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer)) > 0)
        {
            length += read;
        }

        var lines = context.Request.Headers.Select(header => $"{header.Key}: {header.Value}").Append($"body: {length}").Append($"path: {context.Request.Path}");
        await context.Response.WriteAsync(string.Join('\n', lines) + "\n");
    }
}
