using System.Text.RegularExpressions;

namespace Support;

/// <summary>A real Apache on a loopback port, with the snippet of <c>deploy/apache</c> in a site that runs whatever ends in .php or .py.</summary>
public sealed partial class Apache : IAsyncDisposable
{
    private const string Modules = "/usr/lib/apache2/modules";
    private readonly Child _process;

    private Apache(Child process, int port)
    {
        _process = process;
        Address = new Uri($"http://127.0.0.1:{port}");
    }

    public Uri Address { get; }

    /// <summary><paramref name="folder"/> holds <c>uploads/</c>; <paramref name="socket"/> is the service's.</summary>
    public static async Task<Apache> Start(string folder, string socket)
    {
        var port = LocalPort.Free();
        var configuration = WriteConfiguration(folder, socket, $"""
            Listen 127.0.0.1:{port}
            # What many a site has. It must not get hold of what lies below /uploads.
            AddHandler cgi-script .php .py
            <Directory "/">
                Options +ExecCGI +Indexes +FollowSymLinks
                AllowOverride All
            </Directory>
            <VirtualHost *>
                Include {folder}/apache/fileuploader.conf
            </VirtualHost>
            """);
        var process = Child.Start("apache2", ["-d", folder, "-f", configuration, "-DFOREGROUND"]);
        await Until.True(async () => process.HasExited || await LocalPort.Answers(port), TimeSpan.FromSeconds(10), "Apache listens");
        return process.HasExited ? throw new InvalidOperationException($"Apache ended:\n{process.Output}") : new Apache(process, port);
    }

    /// <summary><c>apachectl configtest</c> of the example site as it is shipped, but for its ports, certificate and paths.</summary>
    public static async Task<(int ExitCode, string Output)> TestExampleSite(string folder)
    {
        var certificate = TestCertificate.Write(folder);
        var site = File.ReadAllText(Checkout.Of("deploy", "apache", "example-site.conf"))
            .ReplaceOnce("/etc/ssl/certs/uploads.example.org.pem", certificate)
            .ReplaceOnce("/etc/ssl/private/uploads.example.org.key", certificate)
            .ReplaceOnce("Include conf-available/", $"Include {folder}/apache/");
        site = VirtualHost().Replace(site, _ => $"<VirtualHost 127.0.0.1:{LocalPort.Free()}>");
        WriteConfiguration(folder, "/nowhere", $"Listen 127.0.0.1:{LocalPort.Free()}\n{site}");
        // Debian's apachectl takes its paths from a file beside the configuration.
        File.WriteAllText(Path.Join(folder, "apache", "envvars"), "");
        return await Child.Run("env", $"APACHE_CONFDIR={folder}/apache", $"APACHE_ENVVARS={folder}/apache/envvars", "apachectl", "configtest");
    }

    public async ValueTask DisposeAsync()
    {
        await _process.Terminate();
        await _process.DisposeAsync();
    }

    private static string WriteConfiguration(string folder, string socket, string site)
    {
        Directory.CreateDirectory(Path.Join(folder, "apache"));
        var snippet = File.ReadAllText(Checkout.Of("deploy", "apache", "fileuploader.conf"))
            .ReplaceOnce("unix:/run/fileuploader/web.sock", $"unix:{socket}")
            .ReplaceOnce("Alias \"/uploads/\" \"/uploads/\"", $"Alias \"/uploads/\" \"{folder}/uploads/\"")
            .ReplaceOnce("<Directory \"/uploads\">", $"<Directory \"{folder}/uploads\">");
        File.WriteAllText(Path.Join(folder, "apache", "fileuploader.conf"), snippet);
        string[] modules =
        [
            "mpm_event", "authz_core", "authz_host", "mime", "dir", "autoindex", "cgid", "alias", "headers", "reqtimeout", "proxy", "proxy_http",
            "ssl", "socache_shmcb",
        ];
        var configuration = Path.Join(folder, "apache", "apache2.conf");
        File.WriteAllText(configuration, $"""
            {string.Join('\n', modules.Select(module => $"LoadModule {module}_module {Modules}/mod_{module}.so"))}
            {(Environment.UserName == "root" ? "User www-data\nGroup www-data" : "")}
            ServerName localhost
            DefaultRuntimeDir {folder}/apache
            PidFile {folder}/apache/pid
            ScriptSock {folder}/apache/cgi
            ErrorLog /dev/stderr
            TypesConfig /dev/null
            <Directory "/">
                Require all denied
            </Directory>
            {site}
            """);
        return configuration;
    }

    [GeneratedRegex(@"<VirtualHost \*:\d+>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VirtualHost();
}
