using Support;

namespace System.Tests.Deploy;

/// <summary>A folder <c>uploads</c> as a web server may find it: stored files, and everything that must never get out.</summary>
internal sealed class PlantedUploads : IDisposable
{
    public const string Day = "/uploads/2026/11/23/";
    public const string Secret = "not for the web server to show";

    private readonly Scratch _scratch = new();

    public PlantedUploads()
    {
        foreach (var (extension, file) in Bytes.ByExtension)
        {
            Plant(Day + "k3v9x2m8." + extension, file(5000, 0));
        }

        Plant("/uploads/.incoming/k3v9x2m8.png", Bytes.Png());
        Plant(Day + ".htaccess", "Options +ExecCGI\nSetHandler cgi-script\nRequire all granted\n"u8);
        Plant("/outside/k3v9x2m8.png", System.Text.Encoding.UTF8.GetBytes(Secret));
        File.CreateSymbolicLink(_scratch.Of(Day, "link.png"), _scratch.Of("outside", "k3v9x2m8.png"));
        Directory.CreateSymbolicLink(_scratch.Of("/uploads/2026/11/24"), _scratch.Of("outside"));
    }

    public string Folder => _scratch.Path;

    public string Of(string path) => _scratch.Of(path);

    /// <summary>Puts a script there that says "executed" if anything runs it, unless the path is a detour or leads to what is there already.</summary>
    public void PlantScript(string path)
    {
        var isDetour = path.EndsWith('/') || path.Contains("..", StringComparison.Ordinal) || path.Contains('%', StringComparison.Ordinal);
        if (!isDetour && !Path.Exists(Of(path)) && !File.Exists(Path.GetDirectoryName(Of(path))))
        {
            Plant(path, "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nexecuted'\n"u8, executable: true);
        }
    }

    public void Dispose() => _scratch.Dispose();

    private void Plant(string path, ReadOnlySpan<byte> content, bool executable = false)
    {
        var file = _scratch.File(path, content);
        File.SetUnixFileMode(file, (UnixFileMode)(executable ? 0b111_101_101 : 0b110_100_100));
    }
}
