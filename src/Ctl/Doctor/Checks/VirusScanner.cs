using System.Net;
using System.Net.Sockets;
using Uploader.Ctl.Doctor.Hosts;
using Uploader.Shared.Configuration;
using Uploader.Shared.Ledger;
using Uploader.Shared.Scanning;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>The virus scanner answers, and not only whoever examines the host: the web process is in a sandbox and no member of many groups.</summary>
internal static class VirusScanner
{
    private const string ScannerUnits = "clamav-daemon.socket clamav-daemon.service";

    public static Check Check { get; } = Check.Of(
        "virus-scanner", "The virus scanner, where one is set, answers the web process", "PING at Inspection:Clamd from here, what the web process told the ledger of it, and whether the unit has a network where that takes one", Look);

    private static async Task<Diagnosis> Look(Examination examination, CancellationToken cancellation)
    {
        var inspection = examination.Options.Inspection;
        if (inspection.Clamd is not { } place)
            return Diagnosis.Pass("Inspection:Clamd is none: files are not scanned");
        if (place is not UnixDomainSocketEndPoint && await examination.Unit(Unit.Web, cancellation) is { IsLoaded: true } unit && !HasNetwork(UnitText.Read(unit.Files)))
            return IsWalledIn(place);
        var trouble = await new Clamd(place, inspection.ClamdTimeout, TimeProvider.System).Ping(cancellation);
        var told = Ledgers.Exists(examination) ? examination.Session.Ledger.Run(ledger => ledger.Status.FindWeb()) : null;
        return Judge(place, trouble, told is { Process.HasStopped: false } && told.Process.IsFresh(examination.Session.Now) ? told : null);
    }

    /// <param name="place">Where the scanner listens.</param>
    /// <param name="trouble">Why it does not answer from here; null when it does.</param>
    /// <param name="told">By the web process; null when it is not known to be alive.</param>
    internal static Diagnosis Judge(EndPoint place, string? trouble, WebStatus? told)
    {
        var name = Syntax.ServiceOrNone.Write(place);
        if (trouble is not null)
            return Diagnosis.Fail($"clamd does not answer ({trouble}): every upload is refused", $"systemctl restart {ScannerUnits}\n# and when it does not start: journalctl -u clamav-daemon.service -n 50; ls /var/lib/clamav");
        return told switch
        {
            null => Diagnosis.NotMade($"clamd answers at {name}, and whether it answers the web process, that has not told", $"systemctl restart {Unit.Web}"),
            { Scanner: null } => Diagnosis.Fail("clamd answers, and the web process does not know of it: it was started before Inspection:Clamd was set", $"systemctl restart {Unit.Web}"),
            { Scanner.Trouble: { } theirs } => Diagnosis.Fail(
                $"clamd answers here and not the web process ({theirs}): every upload is refused",
                $"# let {Unit.Web} reach it: a socket below /run, open to the user it runs as; see: namei -l {Shell.Quote(name)}"),
            _ => Diagnosis.Pass($"clamd answers at {name}, here and to the web process"),
        };
    }

    internal static Diagnosis IsWalledIn(EndPoint place) => Diagnosis.Fail(
        $"Inspection:Clamd is {Syntax.ServiceOrNone.Write(place)}, and {Unit.Web} has no network: every upload is refused",
        "# set Inspection:Clamd to a unix socket below /run (LocalSocket in /etc/clamav/clamd.conf), then: systemctl restart " + Unit.Web + "\n"
        + $"# or give up that wall: systemctl edit {Unit.Web}, [Service] PrivateNetwork=no, RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6, IPAddressAllow= the scanner's address; [sandbox-web] will fail from then on");

    internal static bool HasNetwork(UnitText unit) =>
        unit.Last("PrivateNetwork") is null or "no" or "false" or "off" or "0"
        && (unit.Words("RestrictAddressFamilies") is not { Count: > 0 } families || families.Any(family => family.StartsWith("AF_INET", StringComparison.Ordinal)));
}
