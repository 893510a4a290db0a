namespace Support;

/// <summary>A temporary folder of one test, gone with it. Its path is short: a Unix socket's may have 107 bytes.</summary>
public sealed class Scratch : IDisposable
{
    public Scratch()
    {
        Path = Directory.CreateTempSubdirectory("up-").FullName;
        // Servers in tests drop to www-data and must be able to enter.
        System.IO.File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
    }

    public string Path { get; }

    public string Of(params ReadOnlySpan<string> parts) => System.IO.Path.Join([Path, .. parts]);

    public string Folder(params ReadOnlySpan<string> parts) => Directory.CreateDirectory(Of(parts)).FullName;

    public string File(string relativePath, ReadOnlySpan<byte> content)
    {
        var path = Of(relativePath);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    public string File(string relativePath, string content) => File(relativePath, System.Text.Encoding.UTF8.GetBytes(content));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
