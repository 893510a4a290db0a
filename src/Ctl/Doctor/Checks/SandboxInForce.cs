using Uploader.Ctl.Doctor.Hosts;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>The kernel's word for the sandbox: what the running processes may, whatever the units say by now.</summary>
internal static class SandboxInForce
{
    // capabilities(7), those of the worker: CAP_CHOWN 0, CAP_DAC_READ_SEARCH 2, CAP_FOWNER 3.
    private const ulong OfWorker = 1 << 0 | 1 << 2 | 1 << 3;

    public static Check Check { get; } = Check.Of("sandbox-in-force", "The running processes are in their sandbox", "capabilities, NoNewPrivs and Seccomp in /proc/PID/status", Look);

    private static async Task<Diagnosis> Look(Examination examination, CancellationToken cancellation)
    {
        var parts = new List<Diagnosis>();
        foreach (var (name, most) in ((string, ulong)[])[(Unit.Web, 0), (Unit.Worker, OfWorker)])
        {
            if (await examination.Unit(name, cancellation) is not { } unit)
                return Systemd.IsMissing;
            parts.Add(Judge(name, ProcessStatus.Read(unit.MainPid), most));
        }

        return Diagnosis.Of(parts, "no new privileges, a system call filter, and no capability but the worker's three");
    }

    /// <param name="unit">The unit's name.</param>
    /// <param name="process">Null: it does not run.</param>
    /// <param name="most">The capabilities it may have.</param>
    internal static Diagnosis Judge(string unit, ProcessStatus? process, ulong most)
    {
        if (process is null)
            return Diagnosis.Fail($"{unit} does not run", $"systemctl restart {unit}");
        var parts = new List<Diagnosis>();
        if ((process.Bounding & ~most) != 0 || (process.Effective & ~most) != 0)
            parts.Add(Diagnosis.Fail($"{unit} has capabilities {process.Effective:x} within {process.Bounding:x}, more than {most:x}", Systemd.Revert(unit)));
        if (!process.NoNewPrivileges)
            parts.Add(Diagnosis.Fail($"{unit} runs without NoNewPrivileges", Systemd.Revert(unit)));
        if (process.Seccomp != 2)
            parts.Add(Diagnosis.Fail($"{unit} runs without a system call filter", Systemd.Revert(unit)));
        return Diagnosis.Of(parts, unit);
    }
}
