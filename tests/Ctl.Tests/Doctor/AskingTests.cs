using Support;
using Uploader.Ctl.Doctor;

namespace Ctl.Tests.Doctor;

/// <summary>What the doctor learns by really asking: the real service behind a real nginx or Apache, as shipped and as operators break it.</summary>
public sealed class AskingTests
{
    /// <summary>Those that send or plant.</summary>
    private static readonly string[] Asking = [.. Checklist.All.Where(check => check.Asks).Select(check => check.Id)];

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static TheoryData<string, string, string, string> Broken => new()
    {
        // what the snippet has, what it has instead, the check that fails, a word of what it found
        { "limit_req         zone=fileuploader burst=10 nodelay;", "", "rate-limit-front", "at once" },
        { "client_max_body_size 51m;", "", "body-limit", "takes less than" },
        { "proxy_set_header X-Forwarded-For   $remote_addr;", "proxy_set_header X-Forwarded-For $http_x_forwarded_for;", "client-address", "believes it" },
        { "add_header X-Content-Type-Options       nosniff always;", "", "served-as-attachment", "X-Content-Type-Options" },
        { "add_header Content-Disposition          attachment always;", "", "served-as-attachment", "Content-Disposition" },
        { "location ^~ /uploads/ {", "location /uploads/ {", "script-types-denied", ".php" },
        { @"[0-9A-Za-z_-]+\.(?:jpg|jpeg|png|pdf|docx|mp4)$", ".*$", "script-types-denied", "shows" },
        { "proxy_pass http://fileuploader;", "proxy_pass http://127.0.0.1:1;", "front", "does not reach the service" },
    };

    [Fact]
    public async Task Behind_nginx_as_shipped_all_passes_and_nothing_stays_behind()
    {
        await using var host = await ExaminedHost.BehindNginx();
        var keys = await File.ReadAllTextAsync(host.Uploader.KeyFile, TestContext.Current.CancellationToken);
        var lines = await host.Examine();
        Assert.All(Asking, id => Assert.True(lines[id].Verdict == "pass", $"{id}: {lines[id]}"));
        Assert.Equal("warn", lines["front-tls"].Verdict);

        Assert.Equal(keys, await File.ReadAllTextAsync(host.Uploader.KeyFile, TestContext.Current.CancellationToken));
        Assert.Empty(host.Uploader.StoredFiles());
        Assert.Empty(host.Uploader.StagedFiles());
    }

    [Fact]
    public async Task Behind_Apache_too_but_for_the_rate_that_Apache_does_not_limit()
    {
        await using var host = await ExaminedHost.BehindApache();
        var lines = await host.Examine();
        Assert.All(Asking.Except(["rate-limit-front"]), id => Assert.True(lines[id].Verdict == "pass", $"{id}: {lines[id]}"));
        Assert.Equal("warn", lines["rate-limit-front"].Verdict);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_snippet_that_was_weakened_is_found_out(string shipped, string instead, string id, string finding)
    {
        await using var host = await ExaminedHost.BehindNginx(snippet => snippet.Replace(shipped, instead, StringComparison.Ordinal));
        var lines = await host.Examine();
        Assert.Equal("fail", lines[id].Verdict);
        Assert.Contains(finding, lines[id].Finding);
        Assert.DoesNotContain(lines, line => line.Value.Verdict == "fail" && line.Key != id && Asking.Contains(line.Key));
    }

    [Fact]
    public async Task A_key_that_is_given_is_used_and_the_key_file_not_touched()
    {
        await using var host = await ExaminedHost.BehindNginx();
        var given = Path.Join(host.Uploader.Folder, "given");
        await File.WriteAllTextAsync(given, LiveUploader.Key + "\n", TestContext.Current.CancellationToken);
        var before = File.GetLastWriteTimeUtc(host.Uploader.KeyFile);
        Assert.Equal("pass", (await host.Examine("--key", given))["upload-stored"].Verdict);
        Assert.Equal(before, File.GetLastWriteTimeUtc(host.Uploader.KeyFile));

        await File.WriteAllTextAsync(given, "another", TestContext.Current.CancellationToken);
        Assert.Equal("warn", (await host.Examine("--key", given))["upload-stored"].Verdict);
    }

    [Fact]
    public async Task A_host_that_would_ban_the_doctor_is_not_provoked()
    {
        await using var host = await ExaminedHost.BehindNginx(settings: new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Proxies:Trusted"] = "203.0.113.1",
            ["Bans:IgnoreIp"] = "203.0.113.1",
        });
        var lines = await host.Examine();
        Assert.All((string[])["type-limits", "size-limits", "key-required", "rate-limit-service", "client-address"], id =>
        {
            Assert.Equal("warn", lines[id].Verdict);
            Assert.Contains("Bans:IgnoreIp", lines[id].Finding);
        });
        Assert.DoesNotContain("Unauthorized", host.Uploader.Web!.Output);
    }

    [Fact]
    public async Task With_no_send_nothing_is_sent()
    {
        await using var host = await ExaminedHost.BehindNginx();
        var keys = File.GetLastWriteTimeUtc(host.Uploader.KeyFile);
        var lines = await host.Examine("--no-send");
        Assert.All(Asking, id => Assert.Equal("warn", lines[id].Verdict));
        Assert.Equal(keys, File.GetLastWriteTimeUtc(host.Uploader.KeyFile));
        Assert.DoesNotContain("Unauthorized", host.Uploader.Web!.Output);
        Assert.Empty(host.Uploader.StoredFiles());
    }

    [Fact]
    public async Task Interrupted_it_takes_its_key_and_its_files_away()
    {
        await using var host = await ExaminedHost.BehindNginx();
        var keys = await File.ReadAllTextAsync(host.Uploader.KeyFile, TestContext.Current.CancellationToken);
        await using var doctor = Child.Start("dotnet", [Checkout.Of("src", "Ctl", "bin", Checkout.Configuration, "net10.0", "uploaderctl.dll"), "doctor", "--config", host.Config, "--front", $"{host.Address}"]);
        await Until.True(() => doctor.HasExited || File.ReadAllText(host.Uploader.KeyFile).Contains("doctor-", StringComparison.Ordinal), Limit, "the doctor's key is in the key file");
        doctor.Signal(2);
        await doctor.Exit(Limit);
        Assert.Equal(keys, await File.ReadAllTextAsync(host.Uploader.KeyFile, TestContext.Current.CancellationToken));
        Assert.DoesNotContain(host.Uploader.StoredFiles(), file => file.Contains("doctor-probe", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_and_holds_nobody_up()
    {
        await using var host = await ExaminedHost.BehindNginx();
        var lines = await host.Examine(new Uri($"http://127.0.0.1:{LocalPort.Free()}"));
        Assert.Equal("fail", lines["front"].Verdict);
        Assert.DoesNotContain("pass", Asking.Where(id => id is not ("extended-attributes" or "rate-limit-service")).Select(id => lines[id].Verdict));
    }
}
