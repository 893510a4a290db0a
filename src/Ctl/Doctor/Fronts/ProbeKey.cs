using System.Net;
using System.Security.Cryptography;
using Uploader.Ctl.Keys;
using Uploader.Shared.Addresses;
using Uploader.Shared.Keys;

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
    private readonly NamedKey? _key;

    private ProbeKey(string value, string? keyFile, NamedKey? key) => (Value, _keyFile, _key) = (value, keyFile, key);

    public string Value { get; }

    /// <summary>The key in an operator's own file.</summary>
    public static ProbeKey Given(string file) => new(File.ReadAllText(file).Trim(), keyFile: null, key: null);

    /// <summary>A new key, in force as soon as the service has read it.</summary>
    /// <param name="keyFile">The service's.</param>
    /// <param name="from">The only address, beside loopback, that may use it.</param>
    /// <param name="now">It ends two minutes later.</param>
    /// <param name="cancellation">Ends the waiting for whoever else changes the file.</param>
    public static async Task<ProbeKey> Make(string keyFile, IPAddress from, DateTimeOffset now, CancellationToken cancellation)
    {
        var value = ClientKey.New();
        var options = new KeyOptions { Expires = now + Lifetime, From = new([.. AddressSet.Loopback.Ranges, Cidr.Of(from)]) };
        var key = NamedKey.Of($"{NameStart}{RandomNumberGenerator.GetHexString(8, lowercase: true)}", value, options);
        using var edit = await KeyFileEdit.Begin(keyFile, cancellation);
        edit.Text.Remove(LeftOvers(edit.Text.Parse(), now));
        edit.Text.Insert(0, key, "goes with the end of uploaderctl doctor");
        edit.Save(key);
        return new ProbeKey(value, keyFile, key);
    }

    public void Dispose()
    {
        if (_keyFile is null)
            return;
        using var edit = KeyFileEdit.Begin(_keyFile, CancellationToken.None).GetAwaiter().GetResult();
        edit.Text.Remove(edit.Text.Parse().Lines.Where(line => line.HasHashOf(_key!)).Select(line => line.Number));
        edit.Save();
    }

    /// <summary>The lines that a doctor left behind that was killed: their keys have ended since.</summary>
    internal static IReadOnlyList<int> LeftOvers(KeyFile file, DateTimeOffset now) =>
    [
        .. file.Lines
            .Where(line => line.Name?.StartsWith(NameStart, StringComparison.Ordinal) == true && line.Key?.Options.IsExpired(now) == true)
            .Select(line => line.Number),
    ];
}
