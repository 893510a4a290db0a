namespace Support;

/// <summary>A real clamd with a signature file of our own, which knows the EICAR test file: the official database cannot be had everywhere.</summary>
public sealed class ClamdServer : IAsyncDisposable
{
    private readonly Scratch _scratch = new();
    private Child? _clamd;

    private ClamdServer(string streamMaxLength, string maxFileSize)
    {
        _scratch.File("db/ours.ndb", Signature);
        _scratch.File("clamd.conf", $"""
            Foreground yes
            LocalSocket {Socket}
            DatabaseDirectory {_scratch.Of("db")}
            TemporaryDirectory {_scratch.Folder("tmp")}
            StreamMaxLength {streamMaxLength}
            MaxFileSize {maxFileSize}
            MaxScanSize 120M
            AlertExceedsMax yes
            User root

            """);
    }

    /// <summary>https://www.eicar.org/download-anti-malware-testfile/ — in two pieces, so that no scanner stops at this file.</summary>
    public static byte[] Eicar { get; } = [.. @"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD"u8, .. "-ANTIVIRUS-TEST-FILE!$H+H*"u8];

    /// <summary>A database (<c>.ndb</c>) that knows it and nothing else: name, type of file, offset, bytes.</summary>
    public static string Signature { get; } = $"Eicar-Test-Signature:0:*:{Convert.ToHexStringLower(Eicar)}\n";

    public string Socket => _scratch.Of("clamd.ctl");

    public int Id => _clamd!.Id;

    public static async Task<ClamdServer> Start(string streamMaxLength = "60M", string maxFileSize = "60M")
    {
        var server = new ClamdServer(streamMaxLength, maxFileSize);
        await server.Begin();
        return server;
    }

    public async Task Begin()
    {
        _clamd = Child.Start("clamd", ["--config-file=" + _scratch.Of("clamd.conf")]);
        await Until.True(() => File.Exists(Socket) || _clamd.HasExited, TimeSpan.FromSeconds(60));
        if (_clamd.HasExited)
            throw new InvalidOperationException($"clamd ended: {_clamd.Output}");
    }

    public async Task End()
    {
        await _clamd!.DisposeAsync();
        File.Delete(Socket);
    }

    public async ValueTask DisposeAsync()
    {
        await End();
        _scratch.Dispose();
    }
}
