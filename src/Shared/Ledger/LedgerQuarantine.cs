using Uploader.Shared.Storage;

namespace Uploader.Shared.Ledger;

/// <summary>Puts an unreadable ledger aside, under its name and the date, and keeps only the latest few: a failing disk must not be filled with them.</summary>
internal static class LedgerQuarantine
{
    private const int Kept = 3;
    private const string Mark = ".corrupt-";

    /// <summary>The data file's new name.</summary>
    public static string MoveAside(string dataPath, string logPath, DateTimeOffset now)
    {
        var stamp = now.ToString("yyyyMMdd'T'HHmmss'Z'");
        for (var attempt = 1; ; attempt++)
        {
            var suffix = attempt == 1 ? $"{Mark}{stamp}" : $"{Mark}{stamp}-{attempt}";
            if (!Posix.TryRename(dataPath, dataPath + suffix))
                continue;
            Posix.TryRename(logPath, logPath + suffix);
            DeleteOldest(dataPath);
            DeleteOldest(logPath);
            return dataPath + suffix;
        }
    }

    private static void DeleteOldest(string path)
    {
        var aside = Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + Mark + "*");
        // The stamps sort as text.
        foreach (var old in aside.Order(StringComparer.Ordinal).SkipLast(Kept))
            File.Delete(old);
    }
}
