using Support;

namespace System.Tests.Machine;

/// <summary>With nginx in front, set up as the README beside the example site says.</summary>
public class BehindNginx : WebServerInFront
{
    public override string ByTcp => "server 127.0.0.1:2424;";

    public override string ByUnixSocket => "server unix:/run/fileuploader/web.sock;";

    public override string AccessLog => "/var/log/nginx/access.log";

    protected override string Unit => "nginx";

    protected override string UpstreamFile => "/etc/nginx/snippets/fileuploader-limits.conf";

    protected override async Task PutInFront()
    {
        await MakeCertificate();
        await Machine.Must("""
            cp /usr/share/doc/uploader/examples/nginx/example-site.conf /etc/nginx/sites-available/fileuploader
            ln -s ../sites-available/fileuploader /etc/nginx/sites-enabled/fileuploader
            """);
        // What many a site has. It must not get hold of what lies below /uploads.
        var site = Machine.Read("/etc/nginx/sites-available/fileuploader");
        Machine.Write("/etc/nginx/sites-available/fileuploader", site.ReplaceOnce(
            "include snippets/fileuploader.conf;", "location ~ \\.(php|py|pl|cgi|sh)$ { return 200 \"executed\"; }\n    include snippets/fileuploader.conf;"));
        await Machine.Must("nginx -t 2>&1 && systemctl enable --now nginx 2>&1");
    }
}
