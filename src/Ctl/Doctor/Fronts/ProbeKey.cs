using System.Net;
using System.Security.Cryptography;
using System.Text;
using Uploader.Shared.Addresses;
using Uploader.Shared.Keys;
using Uploader.Shared.Storage;

namespace Uploader.Ctl.Doctor.Fronts;

/// <summary>
/// A key to send with: a line in the key file for the time of the examination, and out of it again at its end, whatever that end is. Should even that fail, the line
/// says itself when it ends.
/// </summary>
internal sealed class ProbeKey : IDisposable
{
    public const string NameStart = "doctor-";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    private readonly string? _keyFile;
    private readonly string _line;

    private ProbeKey(string value, string? keyFile, string line) => (Value, _keyFile, _line) = (value, keyFile, line);

    public string Value { get; }

    /// <summary>The key in an operator's own file.</summary>
    public static ProbeKey Given(string file) => new(File.ReadAllText(file).Trim(), keyFile: null, "");

    /// <summary>A new key, in force as soon as the service has read it.</summary>
    /// <param name="keyFile">The service's.</param>
    /// <param name="from">The only address, beside loopback, that may use it.</param>
    /// <param name="now">It ends two minutes later.</param>
    public static ProbeKey Make(string keyFile, IPAddress from, DateTimeOffset now)
    {
        var value = ClientKey.New();
        var options = new KeyOptions { Expires = now + Lifetime, From = new([.. AddressSet.Loopback.Ranges, Cidr.Of(from)]) };
        var line = KeyFile.Line(NamedKey.Of($"{NameStart}{RandomNumberGenerator.GetHexString(8, lowercase: true)}", value, options));
        var path = File.ResolveLinkTarget(keyFile, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(keyFile);
        var key = new ProbeKey(value, path, line);
        Rewrite(path, text => WithoutLeftOvers(text, now) is var kept && (kept.Length == 0 || kept.EndsWith('\n')) ? $"{kept}{line}\n" : $"{kept}\n{line}\n");
        return key;
    }

    public void Dispose()
    {
        if (_keyFile is not null)
            Rewrite(_keyFile, text => text.Replace(_line + "\n", "", StringComparison.Ordinal));
    }

    /// <summary>What a doctor left behind that was killed: its key has ended since.</summary>
    internal static string WithoutLeftOvers(string text, DateTimeOffset now)
    {
        var over = KeyFile.Parse(text).Lines
            .Where(line => line.Name?.StartsWith(NameStart, StringComparison.Ordinal) == true && line.Key?.Options.IsExpired(now) == true)
            .Select(line => line.Number).ToHashSet();
        return string.Join('\n', text.Split('\n').Where((_, index) => !over.Contains(index + 1)));
    }

    /// <summary>By a new file in the place of the old: whoever reads it meanwhile reads one of the two.</summary>
    private static void Rewrite(string path, Func<string, string> change)
    {
        using var folder = Folder.OpenRoot(Path.GetDirectoryName(path)!);
        var (name, next) = (Path.GetFileName(path), $".{Path.GetFileName(path)}.doctor");
        folder.Unlink(next);
        using var file = folder.TryCreate(next) ?? throw new IOException($"{folder.PathOf(next)} is in the way");
        try
        {
            using (var old = Posix.Open(path, OpenFlags.ReadOnly))
            {
                var was = Posix.Status(old).Permissions;
                Posix.ChangeOwner(file, was.UserId, was.GroupId);
                Posix.ChangeMode(file, was.Mode);
            }

            long offset = 0;
            Posix.WriteAll(file, Encoding.UTF8.GetBytes(change(File.ReadAllText(path))), ref offset);
            Posix.Sync(file);
            if (Libc.RenameAt2(folder.Handle, next, folder.Handle, name, flags: 0) != 0)
                throw PosixException.Last("renameat2", path);
            folder.Sync();
        }
        catch
        {
            folder.Unlink(next);
            throw;
        }
    }
}
