namespace Uploader.Shared.Storage;

/// <summary>A committed upload: its id, its path below the root (<c>2026/03/09/&lt;id&gt;.png</c>) and its length in bytes.</summary>
internal sealed record StoredFile(string Id, string Path, long Length);

/// <summary>What is known of an upload and travels with its file. All of it is for display, none of it becomes a path.</summary>
/// <param name="Name">What the client called it, see <see cref="DisplayName"/>.</param>
/// <param name="Sha256">64 hex digits.</param>
/// <param name="Type">The media type.</param>
/// <param name="Key">The name of the key.</param>
/// <param name="From">The client's address.</param>
/// <param name="SentSha256">Of what was sent, where metadata was dropped from it.</param>
internal sealed record FileDescription(string Name, string Sha256, string Type, string Key, string From, string? SentSha256 = null);

/// <summary>Whether a commit waits for the disk.</summary>
internal enum Durability
{
    /// <summary>The file and the folders that lead to it are fsynced before the client hears 201.</summary>
    Full,

    /// <summary>A power cut may take the last seconds of acknowledged uploads with it; never half a file under a public name while the system runs.</summary>
    None,
}
