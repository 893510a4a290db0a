using System.Text.RegularExpressions;
using Support;

namespace System.Tests.Package;

/// <summary>The package as it would be installed, without a machine to install it on.</summary>
public sealed partial class PackageTests(ShippedPackage package) : IClassFixture<ShippedPackage>
{
    [Theory]
    [InlineData("-rwxr-xr-x root/root ./srv/fileuploader/web/Uploader.Web")]
    [InlineData("-rwxr-xr-x root/root ./srv/fileuploader/worker/Uploader.Worker")]
    [InlineData("-rwxr-xr-x root/root ./srv/fileuploader/bin/uploaderctl")]
    [InlineData("lrwxrwxrwx root/root ./usr/bin/uploaderctl -> /srv/fileuploader/bin/uploaderctl")]
    [InlineData("-rw-r--r-- root/root ./etc/fileuploader/fileuploader.json")]
    [InlineData("-rw-r--r-- root/root ./etc/nginx/snippets/fileuploader.conf")]
    [InlineData("-rw-r--r-- root/root ./etc/nginx/snippets/fileuploader-limits.conf")]
    [InlineData("-rw-r--r-- root/root ./etc/apache2/conf-available/fileuploader.conf")]
    [InlineData("-rw-r--r-- root/root ./lib/systemd/system/fileuploader-web.socket")]
    [InlineData("-rw-r--r-- root/root ./lib/systemd/system/fileuploader-web.service")]
    [InlineData("-rw-r--r-- root/root ./lib/systemd/system/fileuploader-worker.service")]
    [InlineData("-rw-r--r-- root/root ./usr/lib/sysusers.d/fileuploader.conf")]
    [InlineData("-rw-r--r-- root/root ./usr/lib/tmpfiles.d/fileuploader.conf")]
    [InlineData("-rw-r--r-- root/root ./usr/lib/systemd/catalog/uploader.catalog")]
    [InlineData("-rw-r--r-- root/root ./usr/share/bash-completion/completions/uploaderctl")]
    [InlineData("-rw-r--r-- root/root ./usr/share/doc/uploader/examples/nginx/example-site.conf")]
    [InlineData("-rw-r--r-- root/root ./usr/share/doc/uploader/examples/apache/example-site.conf")]
    public void It_holds(string entry) => Assert.Contains(entry, package.Contents);

    [Fact]
    public void Every_manual_page_of_docs_is_in_it()
    {
        var pages = Directory.GetFiles(Checkout.Of("docs", "man")).Select(page => Path.GetFileName(page)).ToList();
        Assert.NotEmpty(pages);
        Assert.All(pages, page => Assert.Contains($"-rw-r--r-- root/root ./usr/share/man/man{page[^1]}/{page}.gz", package.Contents));
    }

    [Fact]
    public void Everything_belongs_to_root_and_nobody_else_can_write_or_borrow_rights()
    {
        string[] modes = ["-rw-r--r--", "-rwxr-xr-x", "drwxr-xr-x", "lrwxrwxrwx"];
        Assert.All(package.Contents, entry => Assert.Contains(entry.Split(' ')[0], modes));
        Assert.All(package.Contents, entry => Assert.Equal("root/root", entry.Split(' ')[1]));
    }

    [Fact]
    public void What_operators_edit_is_kept_by_upgrades()
    {
        var edited = package.Contents.Where(entry => entry.StartsWith('-')).Select(entry => entry.Split(' ')[2][1..]).Where(path => path.StartsWith("/etc/", StringComparison.Ordinal));
        Assert.Equal(edited.Order(StringComparer.Ordinal), package.Control("conffiles").Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_secret_is_in_it_and_none_is_made()
    {
        Assert.DoesNotContain(package.Contents, entry => entry.EndsWith("/etc/fileuploader/keys", StringComparison.Ordinal) || entry.EndsWith("/etc/fileuploader/environment", StringComparison.Ordinal));
        Assert.DoesNotContain("sha256:", File.ReadAllText(package.Of("/etc/fileuploader/fileuploader.json")), StringComparison.Ordinal);
        Assert.DoesNotContain("--new-key", package.Control("postinst"), StringComparison.Ordinal);
        // Only said, never run.
        Assert.Equal("    echo '  sudo uploaderctl keys new NAME'", Assert.Single(package.Control("postinst").Split('\n'), line => line.Contains("uploaderctl", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("web/Uploader.Web")]
    [InlineData("worker/Uploader.Worker")]
    public async Task The_configuration_that_comes_with_it_is_good(string program) => Assert.Contains(
        "the configuration is good",
        await ShippedPackage.Run(package.Of("/srv/fileuploader/" + program), "--config", package.Of("/etc/fileuploader/fileuploader.json"), "--check"),
        StringComparison.Ordinal);

    [Fact]
    public async Task It_needs_no_runtime_and_what_it_opens_by_name_is_among_what_it_depends_on()
    {
        var needs = (await ShippedPackage.Run("dpkg-deb", "--field", await ShippedPackage.File, "Depends")).Trim().Split(", ").Select(need => need.Split(' ')[0]);
        Assert.Equal(["libc6", "libssl3", "systemd"], needs.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_upgrade_restarts_the_services_and_leaves_the_socket_alone()
    {
        Assert.Equal(
            [
                "start 'fileuploader-web.socket'",
                "$_dh_action 'fileuploader-worker.service'",
                "$_dh_action 'fileuploader-web.service'",
            ],
            Invocation().Matches(package.Control("postinst")).Select(match => match.Groups["what"].Value));
        // Before an upgrade nothing is stopped: prerm does so at removal alone.
        Assert.DoesNotContain(
            package.Control("prerm").Split("\nfi\n", StringSplitOptions.RemoveEmptyEntries),
            part => part.Contains("deb-systemd-invoke", StringComparison.Ordinal) && !part.Contains("[ \"$1\" = remove ]", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("uploaderctl ba", "bans")]
    [InlineData("uploaderctl bans li", "lift", "list")]
    [InlineData("uploaderctl bans list --out", "--output")]
    [InlineData("uploaderctl nothing-like-that")]
    public async Task The_shell_completes_what_the_command_knows(string line, params string[] expected)
    {
        var output = await ShippedPackage.Run(
            "bash", "-c", """
            PATH=$2:$PATH; . "$1"
            COMP_LINE=$3 COMP_POINT=${#3}; COMP_WORDS=($3); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _uploaderctl && printf '%s\n' "${COMPREPLY[@]}"
            """,
            "completion", package.Of("/usr/share/bash-completion/completions/uploaderctl"), package.Of("/srv/fileuploader/bin"), line);
        Assert.Equal(expected, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Lintian_has_nothing_to_say()
    {
        // A folder of its own: it now and then leaves one of its tables behind.
        using var scratch = new Scratch();
        var (exitCode, output) = await Child.Run("env", $"TMPDIR={scratch.Path}", "lintian", "--allow-root", "--fail-on", "error,warning", await ShippedPackage.File);
        Assert.True((exitCode, output) == (0, ""), output);
    }

    [Fact]
    public async Task What_lintian_would_say_is_overridden_with_a_reason_beside_it()
    {
        var overrides = await File.ReadAllLinesAsync(Checkout.Of("packaging", "debian", "uploader.lintian-overrides"), TestContext.Current.CancellationToken);
        Assert.All(
            overrides.Select((line, at) => (line, at)).Where(entry => !entry.line.StartsWith('#')),
            entry => Assert.StartsWith("# ", overrides[entry.at - 1], StringComparison.Ordinal));
    }

    [GeneratedRegex("deb-systemd-invoke (?<what>.+?) >/dev/null", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Invocation();
}
