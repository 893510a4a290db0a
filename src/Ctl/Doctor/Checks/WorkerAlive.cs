using Uploader.Ctl.Doctor.Hosts;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>Step 6 of the article, monitoring: both services are up, and would be after a reboot.</summary>
internal static class WorkerAlive
{
    public static Check Check { get; } = Check.Of("worker-alive", "Web, worker and sockets are up", "state of the three units", Look);

    private static async Task<Diagnosis> Look(Examination examination, CancellationToken cancellation)
    {
        var units = new List<Unit>();
        foreach (var name in (string[])[Unit.Socket, Unit.Web, Unit.Worker])
        {
            if (await examination.Unit(name, cancellation) is not { } unit)
                return Systemd.IsMissing;
            units.Add(unit);
        }

        return Judge(units);
    }

    internal static Diagnosis Judge(IEnumerable<Unit> units) => Diagnosis.Of(
        units.Where(unit => !unit.IsActive).Select(unit => unit.IsLoaded
            ? Diagnosis.Fail($"{unit.Name} is {unit.Of("ActiveState")} ({unit.Of("SubState")})", $"systemctl reset-failed {unit.Name}; systemctl start {unit.Name}")
            : Diagnosis.Fail($"{unit.Name} is {(unit.Of("LoadState") == "masked" ? "masked" : "not installed")}", unit.Of("LoadState") == "masked"
                ? $"systemctl unmask {unit.Name} && systemctl start {unit.Name}"
                : "apt-get install --reinstall uploader")),
        "all three are active");
}
