using Uploader.Ctl.Doctor;
using Uploader.Ctl.Doctor.Checks;
using Uploader.Ctl.Doctor.Fronts;
using Uploader.Shared.Keys;

namespace Ctl.Tests.Doctor;

/// <summary>What the key file and the logs say of keys.</summary>
public sealed class KeyVerdictTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(56);
    private static readonly string Hash = new('a', 64);
    private static readonly string Other = new('b', 64);

    [Fact]
    public void One_key_in_force_is_enough() => Is(Rating.Pass, "1 keys", $"shop sha256:{Hash}\n");

    [Fact]
    public void An_expired_one_beside_it_is_told() => Is(Rating.Pass, "1 more have expired", $"shop sha256:{Hash}\nold sha256:{Other} expires=2020-01-01\n");

    [Fact]
    public void Expired_ones_alone_are_none() => Is(Rating.Fail, "expired", $"old sha256:{Other} expires=2020-01-01\n");

    [Fact]
    public void The_doctor_s_own_counts_for_nobody() => Is(Rating.Fail, "there is no key", $"doctor-1a2b3c4d sha256:{Hash}\n");

    [Fact]
    public void A_line_that_is_no_key_is_named_by_its_number() => Is(Rating.Fail, "line 2 of /etc/fileuploader/keys", $"shop sha256:{Hash}\nplain supersecret\n");

    [Fact]
    public void A_file_that_is_not_there_is_told() =>
        Assert.Equal(Diagnosis.Fail("/nowhere/keys: it does not exist", "uploaderctl keys new NAME"), KeysInForce.Judge("/nowhere/keys", file: null, "it does not exist", Now));

    [Theory]
    [InlineData(true, true, "fail", "the key of shop, which is in force", "uploaderctl keys rotate shop --keep-old-until now")]
    [InlineData(true, false, "warn", "none of them in force", "# find the client")]
    [InlineData(false, true, "pass", "none", "")]
    public void A_key_in_a_log_is_named_and_never_shown(bool isInLog, bool isInForce, string verdict, string finding, string mend)
    {
        var key = ClientKey.New();
        var place = new NoKeyInLogs.Place("/var/log/nginx/access.log", [.. Secrets.KeysIn(isInLog ? $"GET /?api_key={key} HTTP/1.1" : "GET / HTTP/1.1")], IsWhole: true);
        var diagnosis = NoKeyInLogs.Judge([place], isInForce ? [NamedKey.Of("shop", key)] : [], Now);
        Assert.Equal(verdict, DoctorLine.NameOf(diagnosis.Rating));
        Assert.Contains(finding, diagnosis.Finding);
        Assert.StartsWith(mend, diagnosis.Mend ?? "");
        Assert.DoesNotContain(key, diagnosis.ToString());
    }

    [Fact]
    public void A_log_that_is_too_long_is_no_pass()
    {
        var diagnosis = NoKeyInLogs.Judge([new("the journal", [], IsWhole: false)], [], Now);
        Assert.Equal(Rating.Warn, diagnosis.Rating);
    }

    [Fact]
    public void A_key_that_a_killed_doctor_left_goes_and_no_other_does()
    {
        var kept = $"# ours\nold sha256:{Hash} expires=2020-01-01\n";
        Assert.Equal([3], ProbeKey.LeftOvers(KeyFile.Parse($"{kept}doctor-1a2b3c4d sha256:{Other} expires=2020-01-01\n"), Now));
        Assert.Empty(ProbeKey.LeftOvers(KeyFile.Parse($"{kept}doctor-1a2b3c4d sha256:{Other} expires=2100-01-01\n"), Now));
    }

    private static void Is(Rating rating, string finding, string text)
    {
        var diagnosis = KeysInForce.Judge("/etc/fileuploader/keys", KeyFile.Parse(text), trouble: null, Now);
        Assert.Equal(rating, diagnosis.Rating);
        Assert.Contains(finding, diagnosis.Finding);
        Assert.DoesNotContain("supersecret", diagnosis.ToString());
    }
}
