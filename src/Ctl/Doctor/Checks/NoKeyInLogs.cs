using System.Text;
using Uploader.Ctl.Doctor.Hosts;
using Uploader.Shared.Keys;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>No key in a log: one in a URL stands in the access log of every server on the way.</summary>
internal static class NoKeyInLogs
{
    private const int MostOfAFile = 32 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string[] Folders = ["/var/log/nginx", "/var/log/apache2"];

    public static Check Check { get; } = Check.Of(
        "no-key-in-logs", "No key stands in a log", "the journal of the last day, and the end of each log of nginx and Apache that is not compressed, for anything of a key's form", Look);

    private static async Task<Diagnosis> Look(Examination examination, CancellationToken cancellation)
    {
        var places = new List<Place>();
        var journal = await Programs.Run("journalctl", ["--quiet", "--no-pager", "--since=-1d", "--reverse", "--output=export"], cancellation, Patience);
        if (journal is not null)
            places.Add(new Place("the journal of the last day", [.. Secrets.KeysIn(journal.Output)], journal.IsWhole));
        foreach (var file in Folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder)).Where(file => !file.EndsWith(".gz", StringComparison.Ordinal)))
            places.Add(await EndOf(file, cancellation));
        var reading = KeyFileReading.Of(examination.Options.Auth.KeyFile);
        return Judge(places, reading.Text is null ? [] : KeyFile.Parse(reading.Text).Keys, examination.Session.Now);
    }

    internal static Diagnosis Judge(IReadOnlyList<Place> places, IReadOnlyCollection<NamedKey> keys, DateTimeOffset now)
    {
        if (places.Count == 0)
            return Diagnosis.NotMade("there is neither a journal nor a log of a web server", "# run it where the service runs");
        var parts = new List<Diagnosis>();
        foreach (var place in places)
        {
            var known = keys.Where(key => !key.Options.IsExpired(now) && place.Keys.Any(found => NamedKey.Of("", found).HasHashOf(key))).Select(key => key.Name).Distinct(StringComparer.Ordinal).ToList();
            if (known.Count > 0)
                parts.Add(Diagnosis.Fail($"{place.Name} holds the key of {string.Join(", ", known)}, which is in force", string.Join('\n', known.Select(name => $"uploaderctl keys rotate {name} --keep-old-until now"))));
            else if (place.Keys.Count > 0)
                parts.Add(Diagnosis.Warn($"{place.Name} holds {place.Keys.Count} of a key's form, none of them in force", "# find the client that sends its key in a URL, or wherever it got there from"));
            if (!place.IsWhole)
                parts.Add(Diagnosis.Warn($"{place.Name} is too long to be looked through: only its end was", "# look for fu_ in the rest"));
        }

        return Diagnosis.Of(parts, $"{string.Join(", ", places.Select(place => place.Name))}: none");
    }

    /// <summary>The end, because what is new matters, and a log can be as long as the disk.</summary>
    private static async Task<Place> EndOf(string file, CancellationToken cancellation)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var isWhole = stream.Length <= MostOfAFile;
        stream.Seek(isWhole ? 0 : stream.Length - MostOfAFile, SeekOrigin.Begin);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return new Place(file, [.. Secrets.KeysIn(await reader.ReadToEndAsync(cancellation))], isWhole);
    }

    /// <summary>Where was looked, and the keys that stand there. They are compared and never shown.</summary>
    internal sealed record Place(string Name, IReadOnlyCollection<string> Keys, bool IsWhole);
}
