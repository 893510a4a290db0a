using Support;
using Uploader.Ctl.Doctor.Hosts;
using Uploader.Ctl.Status;
using Uploader.Ctl.Terminals;
using Uploader.Shared.Ledger;

namespace Ctl.Tests.Status;

/// <summary>What systemd says of the units, as <c>systemctl show</c> of systemd 252 writes it, in the status.</summary>
public sealed class UnitsInStatusTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 9, 12, 0, 0, TimeSpan.Zero);
    private static readonly SelfReport Told = new("0.1.0", 42, Now.AddHours(-1), Now.AddSeconds(-3), HasStopped: false, "as the ledger has it");

    private const string Socket = """
        Listen=127.0.0.1:2424 (Stream)
        Listen=/run/fileuploader/web.sock (Stream)
        Result=success
        LoadState=loaded
        ActiveState=active
        SubState=running
        ActiveEnterTimestamp=Mon 2026-03-09 09:00:00 UTC
        """;

    private const string Service = """
        NRestarts=2
        ExecMainStartTimestamp=Mon 2026-03-09 10:00:00 UTC
        StatusText=all jobs on time; disk normal
        Result=success
        LoadState=loaded
        ActiveState=active
        SubState=running
        """;

    [Fact]
    public void The_page_says_where_the_socket_listens_and_since_when_each_unit_is_up_and_what_it_tells() => Assert.StartsWith(
        """
        Nothing needs attention.

        Socket: listening since 2026-03-09 09:00:00 UTC; 3h ago, on 127.0.0.1:2424 and /run/fileuploader/web.sock
           Web: running since 2026-03-09 10:00:00 UTC; 2h ago, version 0.1.0, started again by systemd 2 times
                all jobs on time; disk normal
        """,
        PageOf(Report(Socket, Service)));

    [Fact]
    public void What_nobody_said_to_systemd_is_as_the_process_told_the_ledger()
    {
        var line = ProcessLine.Of("fileuploader-web", Told, Unit.Parse(Unit.Web, "LoadState=loaded\nActiveState=active\nExecMainStartTimestamp=\nStatusText=\n"), Now);

        Assert.Equal((ProcessLine.Running, Told.StartedAt, Told.Sentence), (line.State, line.Since!.Value, line.Sentence));
    }

    [Fact]
    public void Without_a_socket_unit_there_is_no_line_of_it()
    {
        Assert.Null(SocketLine.Of(unit: null));
        Assert.Null(SocketLine.Of(Unit.Parse(Unit.Socket, "LoadState=not-found\nActiveState=inactive\n")));
    }

    [Theory]
    [InlineData("inactive")]
    [InlineData("failed")]
    public void A_socket_that_does_not_listen_needs_attention_first(string state)
    {
        var report = Report(Socket.Replace("active\n", state + "\n", StringComparison.Ordinal), Service);

        var attention = Assert.Single(Attention.Of(report, ledgerTrouble: null, rootTrouble: null, [], []));
        Assert.Equal((Severity.Bad, $"the socket is not listening ({state}): no client reaches the service"), (attention.Severity, attention.What));
        Assert.StartsWith("systemctl start fileuploader-web.socket fileuploader-web.service", attention.Do);
        Assert.Contains($"Socket: not listening ({state})\n", PageOf(report));
    }

    [Fact]
    public void A_unit_that_failed_needs_attention_and_says_why_it_failed()
    {
        var report = Report(Socket, Service.Replace("ActiveState=active", "ActiveState=failed", StringComparison.Ordinal).Replace("Result=success", "Result=watchdog", StringComparison.Ordinal));

        var attention = Assert.Single(Attention.Of(report, ledgerTrouble: null, rootTrouble: null, [], []));
        Assert.Equal((Severity.Bad, "the web process has failed (watchdog): no upload is taken"), (attention.Severity, attention.What));
        Assert.StartsWith("systemctl start fileuploader-web.service", attention.Do);
        Assert.Contains("Web: failed (watchdog), version 0.1.0", PageOf(report));
    }

    private static StatusReport Report(string socket, string web) => new(
        Now,
        [],
        SocketLine.Of(Unit.Parse(Unit.Socket, socket)),
        ProcessLine.Of("fileuploader-web", Told, Unit.Parse(Unit.Web, web), Now),
        ProcessLine.Of("fileuploader-worker", Told, unit: null, Now),
        Keys: 1,
        UploadsUnderWay: 0,
        ScannerTrouble: null,
        Disk: null,
        LastHour: null,
        BansInForce: 0,
        Drift: null,
        Jobs: []);

    private static string PageOf(StatusReport report)
    {
        using var output = new StringWriter();
        StatusPage.Write(report, new Terminal { Out = output, Error = TextWriter.Null });
        return output.ToString();
    }
}
