using Uploader.Ctl.Doctor.Hosts;
using Uploader.Shared.Journal;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>Bans end by the wall clock, so it has to be right and go on evenly.</summary>
internal static class Clock
{
    private const int ClockStepped = 4;

    public static Check Check { get; } = Check.Of("clock", "The clock is synchronised and was not stepped", "timedatectl, and ClockStepped events of the last day", Look);

    private static async Task<Diagnosis> Look(Examination examination, CancellationToken cancellation)
    {
        var synchronised = await Programs.Run("timedatectl", ["show", "--property=NTPSynchronized", "--value"], cancellation);
        var steps = await Programs.Run("journalctl", ["--quiet", "--no-pager", "--since=-1d", "--output=cat", $"MESSAGE_ID={MessageIds.Of(ClockStepped)}"], cancellation);
        return Judge(
            synchronised is { Status: 0 } ? synchronised.Output.Trim() : null,
            steps is { Status: 0 } ? steps.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length : 0);
    }

    /// <param name="synchronised"><c>yes</c>, <c>no</c>, or null when nobody could be asked.</param>
    /// <param name="steps">In the last day.</param>
    internal static Diagnosis Judge(string? synchronised, int steps)
    {
        var parts = new List<Diagnosis>();
        if (synchronised is null)
            parts.Add(Diagnosis.NotMade("timedatectl does not answer", "systemctl start systemd-timedated.service"));
        else if (synchronised != "yes")
            parts.Add(Diagnosis.Warn("the clock is not synchronised", "apt-get install -y systemd-timesyncd && timedatectl set-ntp true"));
        if (steps > 0)
            parts.Add(Diagnosis.Warn($"the clock was stepped {steps} times within a day: ends of bans moved with it", "timedatectl timesync-status"));
        return Diagnosis.Of(parts, "synchronised, no step within a day");
    }
}
