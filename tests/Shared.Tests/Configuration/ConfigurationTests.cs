using Microsoft.Extensions.Configuration;
using Uploader.Shared.Addresses;
using Uploader.Shared.Configuration;

namespace Shared.Tests.Configuration;

public sealed class ConfigurationTests
{
    [Fact]
    public void Nothing_configured_is_a_good_configuration_with_the_documented_defaults()
    {
        var options = Read(out var findings);

        Assert.Empty(findings);
        Assert.Equal("/uploads", options.Storage.Root);
        Assert.Equal(50 << 20, options.Limits.MaxFileSize);
        Assert.Equal(1L << 30, options.Disk.MinFree);
        Assert.Null(options.Disk.MaxBytes);
        Assert.Equal(["auth", "abuse", "recidive"], options.Bans.Jails.Select(jail => jail.Name));
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        Read(
            out var findings,
            ("Storage:Root", "uploads"),
            ("Limits:MaxFileSize", "50MB"),
            ("Limits:MaxFils", "3"),
            ("Bans:IgnoreIp", "10.0.0.0/8, localhost"),
            ("Bans:Jails:auth:BanTime", "forever"),
            ("Disk:WarnPercent", "95"));

        Assert.Equal(
            [
                "Storage:Root is 'uploads': must be an absolute path",
                "Limits:MaxFileSize is '50MB': must be a size such as 50MiB or 1GiB, at least 1B",
                "Disk:WarnPercent is '95': must be below CriticalPercent, 95",
                "Bans:IgnoreIp is '10.0.0.0/8, localhost': must be a list of addresses or CIDR ranges such as 127.0.0.1, 10.0.0.0/8, 2001:db8::/32",
                "Bans:Jails:auth:BanTime is 'forever': must be a duration such as 30s, 10m, 1h or 1d, at least 1s, or -1",
                "Limits:MaxFils is '3': is not a key; did you mean Limits:MaxFiles?",
            ],
            findings.Select(finding => finding.ToString()));
    }

    [Theory]
    [InlineData("Limits:MaxRequestSize", "1MiB", "Limits:MaxRequestSize is '1MiB': must be at least MaxFileSize, 50MiB")]
    [InlineData("Limits:MaxConcurrent", "2", "Limits:MaxConcurrent is '2': must be at least MaxConcurrentPerClient, 8")]
    [InlineData("Limits:AllowedTypes", "png, exe", "Limits:AllowedTypes is 'png, exe': must be a list of some of jpg, jpeg, png, pdf, docx, mp4")]
    [InlineData("Ledger:KeepFailures", "1h", "Ledger:KeepFailures is '1h': must be at least the longest FindTime, 1d")]
    [InlineData("Ledger:KeepBans", "1w", "Ledger:KeepBans is '1w': must be longer than the longest ban, 1w")]
    [InlineData("Web:Listen", "localhost", "Web:Listen is 'localhost': must be an address and a port such as 127.0.0.1:2424 or [::1]:2424")]
    [InlineData("Web:Listen", "127.0.0.1", "Web:Listen is '127.0.0.1': must be an address and a port such as 127.0.0.1:2424 or [::1]:2424")]
    [InlineData("Schedule:DiskWatch", "sometimes", "Schedule:DiskWatch is 'sometimes': must be an interval such as 30s, 10m or 1h, or a Quartz cron expression such as 0 0 3 * * ?")]
    [InlineData("Proxies:Header", "X-Real-IP", "Proxies:Header is 'X-Real-IP': must be one of X-Forwarded-For, Forwarded")]
    public void A_finding_names_the_key_the_value_and_what_would_be_right(string key, string value, string sentence)
    {
        Read(out var findings, (key, value));

        Assert.Equal([sentence], findings.Select(finding => finding.ToString()));
    }

    [Fact]
    public void Bans_are_kept_for_as_long_as_a_jail_looks_back()
    {
        Read(out var findings, ("Bans:Jails:auth:FindTime", "100d"), ("Ledger:KeepFailures", "100d"), ("Ledger:KeepBans", "99d"));

        Assert.Equal("Ledger:KeepBans is '14w1d': must be at least the longest FindTime, 14w2d", Assert.Single(findings).ToString());
    }

    [Fact]
    public void A_list_may_be_an_array_or_one_text_with_commas()
    {
        var array = Read(out _, ("Proxies:Trusted:0", "10.0.0.1"), ("Proxies:Trusted:1", "2001:db8::/32"));
        var text = Read(out _, ("Proxies:Trusted", "10.0.0.1, 2001:db8::/32"));

        Assert.True(array.Proxies.Trusted.Contains(Cidr.Parse("2001:db8::7")));
        Assert.Equal(array.Proxies.Trusted.Ranges, text.Proxies.Trusted.Ranges);
    }

    [Fact]
    public void An_operator_may_add_a_jail_and_change_one()
    {
        var options = Read(
            out var findings,
            ("Bans:Jails:auth:MaxRetry", "3"),
            ("Bans:Jails:strict:Kinds", "Auth, Abuse"),
            ("Bans:Jails:strict:BanTime", "-1"),
            ("Ledger:KeepBans", "90d"));

        Assert.Empty(findings);
        Assert.Equal(3, options.Bans.Jails[0].MaxRetry);
        Assert.Equal("strict", options.Bans.Jails[3].Name);
        Assert.Null(options.Bans.Jails[3].BanTime);
    }

    [Theory]
    [InlineData("{ \"Limits\": { \"MaxFiles\": 3 } }", null)]
    [InlineData("{ // a comment\n \"Limits\": { \"MaxFiles\": 3, }, }", null)]
    [InlineData("{ \"Limits\": ", "is not a JSON configuration")]
    [InlineData("[]", "is not a JSON configuration")]
    [InlineData("", "is not a JSON configuration")]
    [InlineData("{ \"Limits\": {}, \"limits\": { \"MaxFiles\": 3 }, \"Limits\": { \"MaxFiles\": 4 } }", "is not a JSON configuration")]
    public void A_file_is_read_or_its_fault_is_named(string json, string? problem)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, json);
            var findings = ConfigurationFile.Read(path, out var options);

            if (problem is null)
            {
                Assert.Empty(findings);
                Assert.Equal(3, options.Limits.MaxFiles);
            }
            else
            {
                Assert.Contains(problem, Assert.Single(findings).ToString(), StringComparison.Ordinal);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_file_that_was_named_must_exist() =>
        Assert.Contains("cannot be read", Assert.Single(ConfigurationFile.Read("/nonexistent/uploader.json", out _)).ToString(), StringComparison.Ordinal);

    private static UploaderOptions Read(out IReadOnlyList<Finding> findings, params (string Key, string Value)[] values)
    {
        var reader = new SettingsReader(new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)))
            .Build());
        var options = UploaderOptions.Read(reader);
        findings = reader.Findings;
        return options;
    }
}
