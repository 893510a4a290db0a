using Support;
using Uploader.Ctl.Doctor.Fronts;

namespace Ctl.Tests.Doctor;

/// <summary>Finding the sites that pass uploads on in the configuration of either server.</summary>
public sealed class FrontSearchTests
{
    private const string Upload = "/api/bcloud/fileuploader/upload";

    [Fact]
    public void The_shipped_nginx_site_is_found_with_its_name_its_port_and_its_snippet()
    {
        var dump = Dump(
            ("/etc/nginx/nginx.conf", "user www-data;\nhttp {\n    log_format x '{\"a\":\"$remote_addr\"}'; # } ; {\n    include /etc/nginx/sites-enabled/*;\n}\n"),
            ("/etc/nginx/sites-enabled/default", "server { listen 80 default_server; server_name _; location / { proxy_pass http://elsewhere; } }"),
            ("/etc/nginx/sites-enabled/fileuploader", Deployed("nginx", "example-site.conf")),
            ("/etc/nginx/snippets/fileuploader.conf", Deployed("nginx", "fileuploader.conf")),
            ("/etc/nginx/snippets/fileuploader-limits.conf", Deployed("nginx", "fileuploader-limits.conf")));
        var fronts = NginxConfiguration.Fronts(dump, Upload);
        Assert.Equal(["127.0.0.1:443", "[::1]:443"], fronts.Select(front => $"{front.Connect}"));
        Assert.All(fronts, front => Assert.Equal(
            (FrontKind.Nginx, "https://uploads.example.org/", "/etc/nginx/snippets/fileuploader.conf"), (front.Kind, $"{front.Address}", front.Snippet)));
    }

    [Theory]
    [InlineData("listen 8080; server_name a.example;", "/api/", "http://a.example:8080/ 127.0.0.1:8080")]
    [InlineData("listen 192.0.2.1:443 ssl; server_name a.example b.example;", "/api/bcloud/fileuploader/", "https://a.example/ 192.0.2.1:443")]
    [InlineData("server_name _;", "/api/bcloud/", "http://localhost/ 127.0.0.1:80")]
    [InlineData("listen *:81; server_name *.example;", "/api/bcloud/", "http://localhost:81/ 127.0.0.1:81")]
    [InlineData("listen unix:/run/x.sock;", "/api/bcloud/", "")]
    [InlineData("listen 80;", "/", "")]
    [InlineData("listen 80;", "/other/", "")]
    public void An_nginx_site_is_asked_where_it_listens(string head, string location, string found)
    {
        var dump = Dump(("/etc/nginx/nginx.conf", $"http {{ server {{ {head} location {location} {{ proxy_pass http://x; }} }} }}"));
        Assert.Equal(found, string.Join(',', NginxConfiguration.Fronts(dump, Upload).Select(front => $"{front.Address} {front.Connect}")));
    }

    [Fact]
    public void A_site_with_TLS_comes_before_one_without()
    {
        var dump = Dump(("/etc/nginx/nginx.conf", "http { server { listen 80; listen 443 ssl; location /api/ { proxy_pass http://x; } } }"));
        Assert.Equal([true, false], NginxConfiguration.Fronts(dump, Upload).Select(front => front.IsTls));
    }

    [Fact]
    public void The_shipped_Apache_site_is_found_with_its_name_its_port_and_its_snippet()
    {
        var fronts = Apache(
            ("/etc/apache2/apache2.conf", "ServerRoot \"/etc/apache2\"\nIncludeOptional mods-enabled/*.conf\n# Include nothing\nIncludeOptional sites-enabled/*.conf\n"),
            ("/etc/apache2/sites-enabled/000-default.conf", "<VirtualHost *:80>\n  DocumentRoot /var/www/html\n</VirtualHost>\n"),
            ("/etc/apache2/sites-enabled/fileuploader.conf", Deployed("apache", "example-site.conf")),
            ("/etc/apache2/conf-available/fileuploader.conf", Deployed("apache", "fileuploader.conf")));
        var front = Assert.Single(fronts);
        Assert.Equal(
            new FrontServer(FrontKind.Apache, new Uri("https://uploads.example.org/"), new(System.Net.IPAddress.Loopback, 443), "/etc/apache2/conf-available/fileuploader.conf"), front);
    }

    [Fact]
    public void A_snippet_that_is_in_force_for_all_Apache_sites_is_one_of_each()
    {
        var fronts = Apache(
            ("/etc/apache2/apache2.conf", "Include conf-enabled\nInclude site.conf\n"),
            ("/etc/apache2/conf-enabled/x.conf", "ProxyPass \"/api/bcloud/fileuploader/\" \"http://x/\"\n"),
            ("/etc/apache2/site.conf", "<VirtualHost 127.0.0.1:8080 [::1]:8080>\nServerName a.example:8080\n</VirtualHost>\n"));
        Assert.Equal(["http://a.example:8080/ 127.0.0.1:8080", "http://a.example:8080/ [::1]:8080"], fronts.Select(front => $"{front.Address} {front.Connect}"));
    }

    [Theory]
    [InlineData("https://uploads.example.org", "127.0.0.1:443")]
    [InlineData("http://192.0.2.1:8080/x", "192.0.2.1:8080")]
    [InlineData("http://[::1]:81", "[::1]:81")]
    public void What_is_named_is_asked_on_this_host(string named, string connect) => Assert.Equal(connect, $"{FrontServer.At(new Uri(named)).Connect}");

    [Fact]
    public void What_mends_a_site_puts_the_shipped_snippet_where_it_was()
    {
        var nginx = FrontServer.Of(FrontKind.Nginx, "a", new(System.Net.IPAddress.Loopback, 443), isTls: true, "/etc/nginx/snippets/fileuploader.conf");
        Assert.Equal(
            "uploaderctl doctor --shipped nginx/fileuploader.conf >/etc/nginx/snippets/fileuploader.conf"
            + " && uploaderctl doctor --shipped nginx/fileuploader-limits.conf >/etc/nginx/snippets/fileuploader-limits.conf && nginx -t && systemctl reload nginx",
            Shipped.Mend(nginx));
        Assert.StartsWith("# compare /etc/nginx/sites-enabled/mine with", Shipped.Mend(nginx with { Snippet = "/etc/nginx/sites-enabled/mine" }));
    }

    [Theory]
    [InlineData("nginx/fileuploader.conf", "deploy/nginx/fileuploader.conf")]
    [InlineData("nginx/fileuploader-limits.conf", "deploy/nginx/fileuploader-limits.conf")]
    [InlineData("apache/fileuploader.conf", "deploy/apache/fileuploader.conf")]
    [InlineData("fileuploader-web.service", "systemd/fileuploader-web.service")]
    public async Task A_shipped_file_is_printed_as_it_is(string name, string file)
    {
        using var host = new Operator();
        Assert.Equal(File.ReadAllText(Checkout.Of(file)), (await host.Runs("doctor", "--shipped", name)).Ends(0).Output);
    }

    private static string Deployed(string server, string file) => File.ReadAllText(Checkout.Of("deploy", server, file));

    private static string Dump(params (string Path, string Text)[] files) => string.Concat(files.Select(file => $"# configuration file {file.Path}:\n{file.Text}\n\n"));

    private static IReadOnlyList<FrontServer> Apache(params (string Path, string Text)[] files) => new ApacheConfiguration(
        "/etc/apache2", path => files.First(file => file.Path == path).Text, folder => files.Select(file => file.Path).Where(path => path.StartsWith(folder + "/", StringComparison.Ordinal))).Fronts(Upload);
}
