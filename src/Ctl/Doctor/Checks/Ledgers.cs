using Uploader.Ctl.Doctor.Hosts;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>Whether there is a ledger to ask: opening one that is not there would begin it.</summary>
internal static class Ledgers
{
    public const string FileName = "ledger.db";

    public static bool Exists(Examination examination) => File.Exists(Path.Join(examination.Options.Ledger.Directory, FileName));

    public static Diagnosis IsMissing(Examination examination) =>
        Diagnosis.Fail($"there is no {FileName} in {examination.Options.Ledger.Directory}: the worker has never run with this configuration", $"systemctl restart {Unit.Worker}");
}
