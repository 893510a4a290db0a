namespace Shared.Tests.Ledger;

/// <summary>What disks, operators and other programs do to a database file.</summary>
internal static class Damage
{
    public static readonly Dictionary<string, Action<string>> All = new()
    {
        ["garbage"] = path => File.WriteAllBytes(path, Noise(100_000, 1)),
        ["a text file"] = path => File.WriteAllText(path, "hello"),
        ["first page lost"] = path => Overwrite(path, 0, Noise(8192, 2)),
        ["first page zero"] = path => Overwrite(path, 0, new byte[8192]),
        ["the middle overwritten"] = path => Overwrite(path, new FileInfo(path).Length / 2, Noise(32768, 3)),
        ["cut in half"] = path => Cut(path),
    };

    public static void RandomPage(string path, int pageSize, int seed)
    {
        var pages = new FileInfo(path).Length / pageSize;
        // Every other time only a few bytes of the page, which harder to notice.
        var noise = Noise(seed % 2 == 0 ? pageSize : 40, seed);
        Overwrite(path, (1 + (noise[0] % (pages - 1))) * pageSize, noise);
    }

    private static void Overwrite(string path, long at, byte[] bytes)
    {
        using var file = File.OpenWrite(path);
        file.Position = at;
        file.Write(bytes);
    }

    private static void Cut(string path)
    {
        using var file = File.OpenWrite(path);
        file.SetLength(file.Length / 2);
    }

    /// <summary>The same bytes for the same seed.</summary>
    private static byte[] Noise(int count, int seed)
    {
        var bytes = new byte[count];
        var state = (uint)(seed + 1) * 2654435761;
        for (var i = 0; i < count; i++)
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            bytes[i] = (byte)state;
        }

        return bytes;
    }
}
