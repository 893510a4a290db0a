using System.Net;
using System.Net.Sockets;
using Uploader.Ctl.Doctor;
using Uploader.Ctl.Doctor.Checks;
using Uploader.Ctl.Doctor.Fronts;
using Uploader.Ctl.Doctor.Hosts;
using Uploader.Shared.Ledger;

namespace Ctl.Tests.Doctor;

/// <summary>What the doctor says of the virus scanner.</summary>
public sealed class VirusScannerTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(56);

    [Theory]
    [InlineData(null, "answers", "pass", "clamd answers at /run/clamav/clamd.ctl")]
    [InlineData("it is away", "answers", "fail", "it is away")]
    [InlineData("it is away", "dead", "fail", "it is away")]
    [InlineData(null, "Permission denied", "fail", "not the web process (Permission denied)")]
    [InlineData(null, "none", "fail", "does not know of it")]
    [InlineData(null, "dead", "warn", "has not told")]
    public void The_scanner_answers_the_web_process_and_not_only_root(string? here, string told, string verdict, string finding)
    {
        var process = new SelfReport("0.1.0", 42, Now, Now, HasStopped: false, "");
        WebStatus? web = told switch
        {
            "dead" => null,
            "none" => new(process, 1, 0, []),
            _ => new(process, 1, 0, [], new ScannerStatus(told == "answers" ? null : told)),
        };
        var diagnosis = VirusScanner.Judge(new UnixDomainSocketEndPoint("/run/clamav/clamd.ctl"), here, web);
        Assert.Equal(verdict, DoctorLine.NameOf(diagnosis.Rating));
        Assert.Contains(finding, diagnosis.Finding);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("PrivateNetwork=no", false)]
    [InlineData("RestrictAddressFamilies=AF_INET", false)]
    [InlineData("PrivateNetwork=no\nRestrictAddressFamilies=AF_INET", true)]
    [InlineData("PrivateNetwork=no\nRestrictAddressFamilies=", true)]
    public void The_shipped_unit_reaches_no_scanner_on_a_port(string dropIn, bool hasNetwork) =>
        Assert.Equal(hasNetwork, VirusScanner.HasNetwork(new([.. UnitText.Parse(Unit.Web, Shipped.Text(Unit.Web)), .. UnitText.Parse("x.conf", "[Service]\n" + dropIn)])));

    [Fact]
    public void And_that_is_told_with_both_ways_out()
    {
        var diagnosis = VirusScanner.IsWalledIn(new DnsEndPoint("scanner", 3310));
        Assert.Equal(Rating.Fail, diagnosis.Rating);
        Assert.Contains("scanner:3310", diagnosis.Finding);
        Assert.Contains("LocalSocket", diagnosis.Mend);
        Assert.Contains("PrivateNetwork=no", diagnosis.Mend);
    }
}
