using Uploader.Ctl.Doctor;
using Uploader.Ctl.Doctor.Checks;
using Uploader.Ctl.Doctor.Fronts;
using Uploader.Ctl.Doctor.Hosts;

namespace Ctl.Tests.Doctor;

/// <summary>What makes a unit weaker than it was shipped, as systemd reads drop-ins.</summary>
public sealed class SandboxTests
{
    public static TheoryData<string, string, string?> DropIns => new()
    {
        // drop-in, verdict, the directive that is named
        { "", "pass", null },
        { "NoNewPrivileges=no", "fail", "NoNewPrivileges" },
        { "User=root", "fail", "User" },
        { "User=", "fail", "User" },
        { "Group=adm", "fail", "Group" },
        { "UMask=0000", "fail", "UMask" },
        { "CapabilityBoundingSet=CAP_SYS_ADMIN", "fail", "CapabilityBoundingSet" },
        { "AmbientCapabilities=CAP_NET_ADMIN", "fail", "AmbientCapabilities" },
        { "ProtectSystem=full", "fail", "ProtectSystem" },
        { "ProtectSystem=off", "fail", "ProtectSystem" },
        { "ProtectSystem=strict", "pass", null },
        { "ProtectHome=read-only", "fail", "ProtectHome" },
        { "PrivateNetwork=false", "fail", "PrivateNetwork" },
        { "RestrictAddressFamilies=AF_INET", "fail", "RestrictAddressFamilies" },
        { "RestrictAddressFamilies=\nRestrictAddressFamilies=AF_UNIX", "pass", null },
        { "ReadWritePaths=/etc", "fail", "ReadWritePaths" },
        { "NoExecPaths=", "fail", "NoExecPaths" },
        { "NoExecPaths=/srv/www", "pass", null },
        { "SystemCallFilter=@mount", "fail", "SystemCallFilter" },
        { "SystemCallFilter=~@clock", "pass", null },
        { "SystemCallFilter=", "fail", "SystemCallFilter" },
        { "SystemCallFilter=\nSystemCallFilter=@system-service", "fail", "SystemCallFilter" },
        { "IPAddressDeny=", "fail", "IPAddressDeny" },
        { "LimitCORE=infinity", "fail", "LimitCORE" },
        { "ProtectProc=default", "fail", "ProtectProc" },
        { "ExecStart=\nExecStart=/usr/local/bin/other", "warn", "ExecStart" },
        { "ExecStartPre=+/usr/local/bin/as-root", "warn", "ExecStartPre" },
        { "RootDirectory=/elsewhere", "warn", "RootDirectory" },
        { "MemoryMax=1G\nEnvironment=DOTNET_gcServer=1\nTimeoutStopSec=5min\n# NoNewPrivileges=no", "pass", null },
    };

    [Theory]
    [MemberData(nameof(DropIns))]
    public void A_drop_in_that_weakens_a_directive_is_named(string dropIn, string verdict, string? directive)
    {
        var diagnosis = Judge(Unit.Web, dropIn);
        Assert.Equal(verdict, DoctorLine.NameOf(diagnosis.Rating));
        if (directive is null)
            return;
        Assert.Contains(directive + "=", diagnosis.Finding);
        Assert.Contains("override.conf", diagnosis.Finding);
        Assert.Equal($"systemctl revert {Unit.Web} && systemctl restart {Unit.Web}", diagnosis.Mend);
    }

    [Theory]
    [InlineData("SocketMode=0666", "fail")]
    [InlineData("SocketGroup=users", "fail")]
    [InlineData("ListenStream=0.0.0.0:2424", "fail")]
    [InlineData("ListenStream=\nListenStream=/run/fileuploader/web.sock", "pass")]
    [InlineData("Backlog=8", "pass")]
    public void Of_the_sockets_too(string dropIn, string verdict) =>
        Assert.Equal(verdict, DoctorLine.NameOf(Judge(Unit.Socket, "[Socket]\n" + dropIn).Rating));

    [Theory]
    [InlineData(Unit.Web)]
    [InlineData(Unit.Worker)]
    [InlineData(Unit.Socket)]
    public void The_shipped_units_are_as_strict_as_themselves(string unit) => Assert.Equal(Rating.Pass, Judge(unit, "").Rating);

    [Fact]
    public void A_whole_unit_in_place_of_the_shipped_one_is_compared_line_by_line()
    {
        var live = new UnitText([.. UnitText.Parse("/etc/systemd/system/fileuploader-web.service", "[Service]\nUser=fileuploader\nExecStart=/srv/fileuploader/web/Uploader.Web\n")]);
        var diagnosis = Sandbox.Judge(Unit.Web, live, AsShipped(Unit.Web), isStale: false);
        Assert.Equal(Rating.Fail, diagnosis.Rating);
        Assert.All((string[])["CapabilityBoundingSet", "NoNewPrivileges", "ProtectSystem", "SystemCallFilter"], key => Assert.Contains(key, diagnosis.Finding));
    }

    [Fact]
    public void What_systemd_has_not_read_yet_is_told() =>
        Assert.Contains("daemon-reload", Sandbox.Judge(Unit.Web, AsShipped(Unit.Web), AsShipped(Unit.Web), isStale: true).Mend);

    [Fact]
    public void Lines_are_joined_and_comments_left_out_as_systemd_does()
    {
        var unit = new UnitText([.. UnitText.Parse("x", "[Service]\nReadWritePaths=/a \\\n  # a comment in between\n  /b\n;Other=x\n")]);
        Assert.Equal(["/a", "/b"], unit.Words("ReadWritePaths"));
        Assert.Null(unit.Values("Other"));
    }

    private static Diagnosis Judge(string unit, string dropIn)
    {
        var text = dropIn.StartsWith('[') ? dropIn : "[Service]\n" + dropIn;
        return Sandbox.Judge(unit, new([.. AsShipped(unit).Assignments, .. UnitText.Parse($"/etc/systemd/system/{unit}.d/override.conf", text)]), AsShipped(unit), isStale: false);
    }

    private static UnitText AsShipped(string unit) => new([.. UnitText.Parse(unit, Shipped.Text(unit))]);
}
