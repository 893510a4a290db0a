using System.Security.Cryptography;
using Support;

namespace System.Tests.Machine;

/// <summary>What root does below /uploads: healed where it is ours, reported where it is not, and nothing outside is touched.</summary>
public sealed class DriftTests(DriftTests.SweptMachine installed) : IClassFixture<DriftTests.SweptMachine>
{
    private const string Ours = "640 fileuploader:www-data";

    /// <summary>Its permission sweep runs each second.</summary>
    public sealed class SweptMachine : InstalledMachine
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Schedule:PermissionSweep"] = "1s",
        };
    }

    [Theory]
    [InlineData("chmod 0777 {0}")]
    [InlineData("chown root:root {0}")]
    [InlineData("chmod u+s,g+s,+x {0}")]
    [InlineData("chown root:root {0} && chmod 6777 {0}")]
    [InlineData("chown nobody:nogroup {0} && chmod 0000 {0}")]
    public async Task What_is_ours_is_healed(string damage)
    {
        var path = await NewFile();
        await installed.Machine.Must(string.Format(Globalization.CultureInfo.InvariantCulture, damage, path));
        await Until.True(async () => await Look(path) == Ours, TimeSpan.FromSeconds(60), $"{path} is healed");
        var repaired = await installed.Event(60, ("UPLOADER_PATH", path));
        Assert.Equal("0640 fileuploader:www-data", InstalledMachine.Field(repaired, "UPLOADER_NOW"));
    }

    [Fact]
    public async Task A_folder_is_healed_with_what_is_in_it()
    {
        await installed.Machine.Must("mkdir -p /uploads/2020/01 && cp /etc/hostname /uploads/2020/01/copied.png && chmod -R 0777 /uploads/2020");
        await Until.True(async () => await Look("/uploads/2020/01/copied.png") == Ours, TimeSpan.FromSeconds(60), "the file is healed");
        Assert.Equal("750 fileuploader:www-data", await Look("/uploads/2020/01"));
    }

    [Fact]
    public async Task What_is_not_ours_is_reported_and_nothing_outside_is_touched()
    {
        var outside = await Outside();
        var day = Path.GetDirectoryName(await NewFile());
        await installed.Machine.Must($"""
            ln -s /etc/shadow {day}/link.png
            ln -s /etc {day}/folder
            mkfifo {day}/fifo.png
            ln /etc/shadow {day}/hard.png
            """);
        foreach (var (name, kind) in new[] { ("link.png", "link"), ("folder", "link"), ("fifo.png", "FIFO"), ("hard.png", "file with other names (hard links)") })
        {
            await installed.Event(62, ("UPLOADER_PATH", $"{day}/{name}"), ("UPLOADER_KIND", kind));
        }

        // The sweep has been there, and goes on: what comes later is healed.
        var path = await NewFile();
        await installed.Machine.Must($"chmod 0666 {path}");
        await Until.True(async () => await Look(path) == Ours, TimeSpan.FromSeconds(60), "the sweep goes on");
        await installed.Machine.Must($"rm {day}/hard.png");
        Assert.Equal(outside, await Outside());
        Assert.Equal("prw-r--r--", await installed.Machine.Must($"stat -c %A {day}/fifo.png"));
    }

    private Task<string> Look(string path) => installed.Machine.Must($"stat -c '%a %U:%G' {path}");

    /// <summary>Everything about what the links lead to but when it was read; the link count is that of after.</summary>
    private Task<string> Outside() => installed.Machine.Must("stat -c '%n %a %u:%g %h %s %y' /etc /etc/shadow; sha256sum /etc/shadow");

    /// <summary>An upload's path, of a client of its own: this is not about the rate.</summary>
    private async Task<string> NewFile()
    {
        using var client = installed.Machine.NewInsider();
        client.DefaultRequestHeaders.Add("X-API-KEY", installed.Key);
        client.DefaultRequestHeaders.Add("X-Forwarded-For", $"2001:db8:c:{RandomNumberGenerator.GetInt32(1 << 16):x}::1");
        using var form = LiveUploader.Form("a.png", Bytes.Png());
        using var answer = await client.PostAsync(new Uri($"http://localhost:2424{InstalledMachine.UploadPath}"), form);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == Net.HttpStatusCode.Created, body);
        return "/uploads/" + Receipt.Of(body).Path;
    }
}
