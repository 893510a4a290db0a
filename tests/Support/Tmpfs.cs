namespace Support;

/// <summary>A file system of a size, mounted on a folder for the time of a test.</summary>
public sealed class Tmpfs : IAsyncDisposable
{
    private readonly string _folder;

    private Tmpfs(string folder) => _folder = folder;

    public static async Task<Tmpfs> Mount(string folder, string size)
    {
        var (exitCode, output) = await Child.Run("mount", "-t", "tmpfs", "-o", $"size={size},mode=0750", "tmpfs", folder);
        return exitCode == 0 ? new Tmpfs(folder) : throw new InvalidOperationException(output);
    }

    public async ValueTask DisposeAsync()
    {
        var (exitCode, output) = await Child.Run("umount", "-l", _folder);
        if (exitCode != 0)
        {
            throw new InvalidOperationException(output);
        }
    }
}
