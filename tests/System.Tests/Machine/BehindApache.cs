using Support;

namespace System.Tests.Machine;

/// <summary>With Apache in front, set up as the README beside the example site says.</summary>
public sealed class BehindApache : WebServerInFront
{
    public override string ByTcp => "\"http://127.0.0.1:2424/api/bcloud/fileuploader/\"";

    public override string ByUnixSocket => "\"unix:/run/fileuploader/web.sock|http://fileuploader/api/bcloud/fileuploader/\"";

    public override string AccessLog => "/var/log/apache2/other_vhosts_access.log";

    protected override string Unit => "apache2";

    protected override string UpstreamFile => "/etc/apache2/conf-available/fileuploader.conf";

    protected override async Task PutInFront()
    {
        await MakeCertificate();
        await Machine.Must("""
            cp /usr/share/doc/uploader/examples/apache/example-site.conf /etc/apache2/sites-available/fileuploader.conf
            a2enmod --quiet proxy proxy_http headers alias reqtimeout ssl cgid
            a2ensite --quiet fileuploader
            """);
        // What many a site has. It must not get hold of what lies below /uploads.
        var site = Machine.Read("/etc/apache2/sites-available/fileuploader.conf");
        Machine.Write("/etc/apache2/sites-available/fileuploader.conf", site.ReplaceOnce("    Include conf-available/fileuploader.conf", """
                AddHandler cgi-script .php .py .pl .cgi .sh
                <Directory "/">
                    Options +ExecCGI +Indexes +FollowSymLinks
                    AllowOverride All
                </Directory>
                Include conf-available/fileuploader.conf
            """));
        await Machine.Must("apachectl configtest 2>&1 && systemctl enable --now apache2 2>&1");
    }
}
