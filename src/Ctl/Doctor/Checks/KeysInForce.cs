using Uploader.Ctl.Doctor.Fronts;
using Uploader.Ctl.Doctor.Hosts;
using Uploader.Shared.Keys;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>Somebody can upload, and no line of the key file says something else than it was meant to.</summary>
internal static class KeysInForce
{
    public static Check Check { get; } = Check.Of("keys-in-force", "At least one key is in force, and every line is one", "the lines of Auth:KeyFile", Look);

    private static Diagnosis Look(Examination examination)
    {
        var path = examination.Options.Auth.KeyFile;
        var reading = KeyFileReading.Of(path);
        return Judge(path, reading.Text is null ? null : KeyFile.Parse(reading.Text), reading.Trouble, examination.Session.Now);
    }

    /// <param name="path">The key file's.</param>
    /// <param name="file">Null when it cannot be read.</param>
    /// <param name="trouble">Why not.</param>
    /// <param name="now">Decides which keys have expired.</param>
    internal static Diagnosis Judge(string path, KeyFile? file, string? trouble, DateTimeOffset now)
    {
        if (file is null)
            return Diagnosis.Fail($"{path}: {trouble}", File.Exists(path) ? $"ls -l {Shell.Quote(path)}" : "uploaderctl keys new NAME");
        // The doctor's own key is there for this examination only.
        var keys = file.Keys.Where(key => !key.Name.StartsWith(ProbeKey.NameStart, StringComparison.Ordinal)).ToList();
        var inForce = keys.Count(key => !key.Options.IsExpired(now));
        var parts = file.Rejected.Take(5).Select(line => Diagnosis.Fail($"line {line.Number} of {path} is no key: {line.Reason}", $"# correct or remove it: sed -n {line.Number}p {Shell.Quote(path)}")).ToList();
        if (inForce == 0)
            parts.Add(Diagnosis.Fail(keys.Count == 0 ? "there is no key: every upload is refused" : $"all {keys.Count} keys have expired: every upload is refused", "uploaderctl keys new NAME"));
        return Diagnosis.Of(parts, inForce == keys.Count ? $"{inForce} keys" : $"{inForce} keys, {keys.Count - inForce} more have expired");
    }
}
