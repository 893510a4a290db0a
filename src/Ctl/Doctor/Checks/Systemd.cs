namespace Uploader.Ctl.Doctor.Checks;

/// <summary>What several checks say of systemd.</summary>
internal static class Systemd
{
    public static Diagnosis IsMissing { get; } =
        Diagnosis.NotMade("no systemd answers here", "# run it on the host that systemd has booted, with the package installed");

    /// <summary>Back to the unit as it was shipped, and into force.</summary>
    public static string Revert(string unit) => $"systemctl revert {unit} && systemctl restart {unit}";
}
