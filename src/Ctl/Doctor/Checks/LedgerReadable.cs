using Uploader.Ctl.Doctor.Hosts;
using Uploader.Shared.Ledger;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>The ledger answers, and none was put aside because it did not.</summary>
internal static class LedgerReadable
{
    public static Check Check { get; } = Check.Of("ledger-readable", "The ledger can be read", "one batch of ledger.db in Ledger:Directory, and files that were put aside there", Look);

    private static Diagnosis Look(Examination examination)
    {
        if (!Ledgers.Exists(examination))
            return Ledgers.IsMissing(examination);
        var directory = examination.Options.Ledger.Directory;
        try
        {
            var revision = examination.Session.Ledger.Run(ledger => ledger.Revision);
            return Judge(revision, [.. Directory.EnumerateFiles(directory, Ledgers.FileName + ".corrupt-*").Order(StringComparer.Ordinal)]);
        }
        catch (LedgerUnavailableException e) when (Examination.IsRoot)
        {
            return Diagnosis.Fail(e.Message, $"df -h {Shell.Quote(directory)}; lslocks --notruncate --output COMMAND,PID,PATH | grep -F {Shell.Quote(Path.Join(directory, "ledger.lock"))}");
        }
    }

    internal static Diagnosis Judge(long revision, IReadOnlyList<string> aside) => aside.Count == 0
        ? Diagnosis.Pass($"revision {revision}")
        : Diagnosis.Warn(
            $"it can be read, but {aside.Count} unreadable ones were put aside, the last as {aside[^1]}: bans known to those alone are lost",
            $"mv {string.Join(' ', aside.Select(Shell.Quote))} /root/\n# and look for the cause: dmesg, smartctl -a");
}
