using Uploader.Ctl.Doctor.Hosts;
using Uploader.Shared.Storage;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>Step 1 of the article: neither process is root.</summary>
internal static class NotRoot
{
    public static Check Check { get; } = Check.Of(
        "not-root", "Both processes run as their own user, not as root", "real, effective, saved and file system user in /proc/PID/status of each main process", Look);

    private static async Task<Diagnosis> Look(Examination examination, CancellationToken cancellation)
    {
        var user = await examination.ServiceUser(cancellation);
        var parts = new List<Diagnosis>();
        foreach (var name in (string[])[Unit.Web, Unit.Worker])
        {
            var unit = await examination.Unit(name, cancellation);
            if (unit is null)
                return Systemd.IsMissing;
            parts.Add(Judge(name, ProcessStatus.Read(unit.MainPid), Accounts.FindUser(user)));
        }

        return Diagnosis.Of(parts, $"both run as {user}");
    }

    /// <param name="unit">The unit's name.</param>
    /// <param name="process">Null: it does not run.</param>
    /// <param name="wanted">Whose it should be; null when there is no such user.</param>
    internal static Diagnosis Judge(string unit, ProcessStatus? process, uint? wanted)
    {
        if (process is null)
            return Diagnosis.Fail($"{unit} does not run", $"systemctl restart {unit}");
        if (process.Users.Contains(0u))
            return Diagnosis.Fail($"{unit} runs as root (process {process.Id})", Systemd.Revert(unit));
        return process.Users.All(user => user == wanted)
            ? Diagnosis.Pass(unit)
            : Diagnosis.Fail($"{unit} runs as {string.Join(", ", process.Users.Distinct().Select(Accounts.UserName))} (process {process.Id})", Systemd.Revert(unit));
    }
}
