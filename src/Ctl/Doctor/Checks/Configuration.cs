using Uploader.Ctl.Doctor.Hosts;
using Uploader.Shared.Configuration;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>The configuration says nothing wrong.</summary>
internal static class Configuration
{
    public static Check Check { get; } = Check.Of(
        "configuration", "The configuration is good", "the configuration file and UPLOADER_ variables of the units' environment file",
        examination => Judge(examination.Findings, examination.Session.ConfigFile ?? ConfigurationFile.DefaultPath));

    internal static Diagnosis Judge(IReadOnlyList<Finding> findings, string file) => findings.Count == 0
        ? Diagnosis.Pass($"{(File.Exists(file) ? file : "defaults")}: nothing is wrong")
        : Diagnosis.Fail(string.Join("; ", findings), $"# correct {Shell.Quote(file)} or the UPLOADER_ variable that overrides it, try it with: uploaderctl check; then: systemctl restart {Unit.Web} {Unit.Worker}");
}
