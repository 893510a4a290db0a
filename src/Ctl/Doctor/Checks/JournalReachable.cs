using System.Globalization;
using System.Text.Json;
using Uploader.Ctl.Doctor.Hosts;
using Uploader.Ctl.Terminals;
using Uploader.Shared.Journal;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>What the service says reaches the journal.</summary>
internal static class JournalReachable
{
    public const string OfWeb = "fileuploader-web";
    public const string OfWorker = "fileuploader-worker";

    public static Check Check { get; } = Check.Of("journal", "Both processes reach the journal", "journald's socket, and the last entry of each process", Look);

    private static async Task<Diagnosis> Look(Examination examination, CancellationToken cancellation)
    {
        if (!File.Exists(JournalSinkExtensions.SocketPath))
            return Judge(hasSocket: false, null, null, examination.Session.Now);
        return Judge(hasSocket: true, await LastOf(OfWeb, cancellation), await LastOf(OfWorker, cancellation), examination.Session.Now);
    }

    internal static Diagnosis Judge(bool hasSocket, DateTimeOffset? web, DateTimeOffset? worker, DateTimeOffset now)
    {
        if (!hasSocket)
            return Diagnosis.Fail($"{JournalSinkExtensions.SocketPath} is not there", "systemctl restart systemd-journald.socket systemd-journald.service");
        var parts = from process in ((string Name, DateTimeOffset? Last)[])[(OfWeb, web), (OfWorker, worker)]
                    where process.Last is null
                    select Diagnosis.Fail($"the journal has no entry of {process.Name}", $"systemctl restart {process.Name}.service\n# and see that Log is not Console, and journald's own limits: journalctl --disk-usage");
        return Diagnosis.Of(parts, $"last entries: {OfWeb} {Ago(web, now)}, {OfWorker} {Ago(worker, now)}");
    }

    private static string Ago(DateTimeOffset? then, DateTimeOffset now) => then is { } time ? Shown.Ago(time, now) : "never";

    private static async Task<DateTimeOffset?> LastOf(string identifier, CancellationToken cancellation)
    {
        var answer = await Programs.Run("journalctl", ["--quiet", "--no-pager", "--identifier", identifier, "--lines=1", "--output=json", "--output-fields=MESSAGE_ID"], cancellation);
        if (answer is not { Status: 0 } || answer.Output.Trim() is not { Length: > 0 } line)
            return null;
        using var entry = JsonDocument.Parse(line);
        return long.TryParse(entry.RootElement.GetProperty("__REALTIME_TIMESTAMP").GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(microseconds / 1000)
            : null;
    }
}
