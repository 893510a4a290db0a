using System.Tests.Package;
using Support;

namespace System.Tests.Machine;

/// <summary>Remove, install again, purge: what stays and what goes.</summary>
public sealed class PackageLifeTests(BehindNginx installed) : IClassFixture<BehindNginx>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Remove_keeps_data_and_purge_removes_configuration_and_state_and_never_uploads()
    {
        var receipt = await Stored();
        await installed.Machine.Must("mkdir -p /etc/systemd/system/fileuploader-web.service.d && printf '[Service]\\nMemoryMax=400M\\n' > /etc/systemd/system/fileuploader-web.service.d/own.conf");

        await installed.Machine.Must("apt-get remove --yes uploader");
        Assert.Equal("", await installed.Machine.Must("pgrep -u fileuploader || true"));
        Assert.Equal("", await installed.Machine.Must("systemctl list-units --all --no-legend 'fileuploader*' --state=active,failed"));
        Assert.False(Path.Exists(installed.Machine.PathOf("/srv/fileuploader")));
        Assert.False(Path.Exists(installed.Machine.PathOf("/run/fileuploader/web.sock")));
        Assert.True(receipt.IsWholeBelow(installed.Machine.PathOf("/uploads")));
        await installed.Machine.Must("test -s /etc/fileuploader/keys -a -s /etc/fileuploader/fileuploader.json -a -s /var/lib/fileuploader/ledger.db");

        // Back again, it goes on with what it had, the old key and all.
        var ran = await installed.Machine.Install(await ShippedPackage.File);
        Assert.True(ran.ExitCode == 0, ran.ToString());
        Assert.DoesNotContain("keys new", ran.Output, StringComparison.Ordinal);
        await Until.True(async () => (await installed.Upload("198.51.100.68", installed.FileToSend("b.png", Bytes.Png()))).Status == 201, Limit, "it takes uploads again");

        await installed.Machine.Must("apt-get purge --yes uploader");
        foreach (var gone in (string[])["/etc/fileuploader", "/var/lib/fileuploader", "/run/fileuploader", "/srv/fileuploader", "/etc/systemd/system/fileuploader-web.service.d"])
        {
            Assert.False(Path.Exists(installed.Machine.PathOf(gone)), gone);
        }

        Assert.True(receipt.IsWholeBelow(installed.Machine.PathOf("/uploads")));
        Assert.Equal("640 fileuploader:www-data", await installed.Machine.Must($"stat -c '%a %U:%G' /uploads/{receipt.Path}"));
        Assert.Equal("", await installed.Machine.Must("systemctl list-unit-files --no-legend 'fileuploader*' || true"));
        Assert.Equal("un", await installed.Machine.Must("dpkg-query -W -f '${db:Status-Abbrev}' uploader 2>/dev/null | tr -d ' ' || echo un"));
    }

    private async Task<Receipt> Stored()
    {
        var answer = await installed.Upload("198.51.100.69", installed.FileToSend("c.png", Bytes.Png()));
        Assert.True(answer.Status == 201, answer.ToString());
        return Receipt.Of(answer.Body);
    }
}
