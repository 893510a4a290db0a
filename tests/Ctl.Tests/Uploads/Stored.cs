using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Uploader.Shared.Storage;

namespace Ctl.Tests.Uploads;

/// <summary>Puts uploads into an operator's store the way the service does.</summary>
internal static class Stored
{
    public static StoredFile Stores(
        this Operator at, string content, string name = "a.png", string type = "image/png", string key = "alice", string from = "203.0.113.7", DateTimeOffset? on = null,
        string? sentSha256 = null)
    {
        var store = new UploadStore(at.Uploads, Environment.UserName, Durability.None, NullLogger<UploadStore>.Instance);
        using var staged = store.Stage();
        var bytes = Encoding.UTF8.GetBytes(content);
        staged.Append(bytes);
        var description = new FileDescription(name, Convert.ToHexStringLower(SHA256.HashData(bytes)), type, key, from, sentSha256);
        return staged.Commit(name[(name.LastIndexOf('.') + 1)..], description, on ?? TimeProvider.System.GetUtcNow());
    }

    /// <summary>A file that somebody else put there.</summary>
    public static string Plants(this Operator at, string path, string content = "planted")
    {
        var full = Path.Join(at.Uploads, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
        return full;
    }
}
