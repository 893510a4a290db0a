namespace Uploader.Shared.Storage;

/// <summary>The name a file gets on disk, <c>&lt;id&gt;.&lt;extension&gt;</c>. Nothing of it is a client's: the extension comes from the allow-list and is checked here again.</summary>
internal readonly record struct StoredName
{
    private StoredName(string id, string extension) => (Id, Extension) = (id, extension);

    public string Id { get; }

    public string Extension { get; }

    public string FileName => $"{Id}.{Extension}";

    /// <exception cref="ArgumentException">Not an extension, see <see cref="Storage.Extension"/>.</exception>
    public static StoredName New(string extension) => Storage.Extension.Of($"x.{extension}") == extension
        ? new StoredName(StoredId.New(), extension)
        : throw new ArgumentException("Lower-case ASCII letters and digits only, without the dot.", nameof(extension));

    public StoredName WithNewId() => new(StoredId.New(), Extension);
}
