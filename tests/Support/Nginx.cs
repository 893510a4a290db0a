using System.Text.RegularExpressions;

namespace Support;

/// <summary>A real nginx on a loopback port, with the snippets of <c>deploy/nginx</c> in a site as careless as sites are.</summary>
public sealed partial class Nginx : IAsyncDisposable
{
    private readonly Child _process;

    private Nginx(Child process, int port)
    {
        _process = process;
        Address = new Uri($"http://127.0.0.1:{port}");
    }

    public Uri Address { get; }

    /// <summary>
    /// <paramref name="folder"/> holds <c>uploads/</c>; <paramref name="upstream"/> is nginx's word for where the service is; <paramref name="change"/> is what an
    /// operator made of the snippet.
    /// </summary>
    public static async Task<Nginx> Start(string folder, string upstream, Func<string, string>? change = null)
    {
        var port = LocalPort.Free();
        var configuration = WriteConfiguration(folder, upstream, $$"""
            include {{folder}}/nginx/fileuploader-limits.conf;
            server {
                listen 127.0.0.1:{{port}};
                # What many a site has. It must not get hold of what lies below /uploads.
                location ~ \.php$ { return 200 "executed"; }
                include {{folder}}/nginx/fileuploader.conf;
            }
            """,
            change);
        var process = Child.Start("nginx", ["-c", configuration, "-p", folder, "-g", "daemon off;"]);
        await Until.True(async () => process.HasExited || await LocalPort.Answers(port), TimeSpan.FromSeconds(10), "nginx listens");
        return process.HasExited ? throw new InvalidOperationException($"nginx ended:\n{process.Output}") : new Nginx(process, port);
    }

    /// <summary><c>nginx -t</c> of the example site as it is shipped, but for its ports, certificate and paths.</summary>
    public static async Task<(int ExitCode, string Output)> TestExampleSite(string folder)
    {
        var certificate = TestCertificate.Write(folder);
        var site = File.ReadAllText(Checkout.Of("deploy", "nginx", "example-site.conf"))
            .ReplaceOnce("/etc/ssl/certs/uploads.example.org.pem", certificate)
            .ReplaceOnce("/etc/ssl/private/uploads.example.org.key", certificate)
            .ReplaceOnce("include snippets/fileuploader-limits.conf", $"include {folder}/nginx/fileuploader-limits.conf")
            .ReplaceOnce("include snippets/fileuploader.conf", $"include {folder}/nginx/fileuploader.conf");
        site = Listen().Replace(site, _ => $"listen 127.0.0.1:{LocalPort.Free()}");
        return await Child.Run("nginx", "-t", "-c", WriteConfiguration(folder, "unix:/nowhere", site), "-p", folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.Terminate();
        await _process.DisposeAsync();
    }

    private static string WriteConfiguration(string folder, string upstream, string site, Func<string, string>? change = null)
    {
        Directory.CreateDirectory(Path.Join(folder, "nginx"));
        var limits = File.ReadAllText(Checkout.Of("deploy", "nginx", "fileuploader-limits.conf"))
            .ReplaceOnce("server unix:/run/fileuploader/web.sock;", $"server {upstream};");
        File.WriteAllText(Path.Join(folder, "nginx", "fileuploader-limits.conf"), limits);
        var snippet = File.ReadAllText(Checkout.Of("deploy", "nginx", "fileuploader.conf")).ReplaceOnce("root /;", $"root {folder};");
        File.WriteAllText(Path.Join(folder, "nginx", "fileuploader.conf"), change?.Invoke(snippet) ?? snippet);
        var configuration = Path.Join(folder, "nginx", "nginx.conf");
        File.WriteAllText(configuration, $$"""
            {{(Environment.UserName == "root" ? "user www-data;" : "")}}
            worker_processes 1;
            pid {{folder}}/nginx/pid;
            error_log stderr;
            events { worker_connections 1024; }
            http {
                access_log off;
                client_body_temp_path {{folder}}/nginx/body;
                proxy_temp_path       {{folder}}/nginx/proxy;
                fastcgi_temp_path     {{folder}}/nginx/fastcgi;
                scgi_temp_path        {{folder}}/nginx/scgi;
                uwsgi_temp_path       {{folder}}/nginx/uwsgi;
                {{site}}
            }
            """);
        return configuration;
    }

    [GeneratedRegex(@"listen (\[::\]:)?\d+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listen();
}
