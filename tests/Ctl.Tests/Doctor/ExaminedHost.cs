using System.Text.Json;
using Support;
using Uploader.Ctl;
using Uploader.Ctl.Terminals;

namespace Ctl.Tests.Doctor;

/// <summary>A host without systemd for the doctor to examine: the real web process and worker, and a real web server in front of them.</summary>
internal sealed class ExaminedHost : IAsyncDisposable
{
    private readonly IAsyncDisposable _front;

    private ExaminedHost(LiveUploader uploader, IAsyncDisposable front, Uri address, string config) => (Uploader, _front, Address, Config) = (uploader, front, address, config);

    public LiveUploader Uploader { get; }

    public Uri Address { get; }

    public string Config { get; }

    /// <summary>Behind nginx, with what an operator made of the snippet.</summary>
    public static Task<ExaminedHost> BehindNginx(Func<string, string>? change = null, IReadOnlyDictionary<string, string>? settings = null) => Start(
        async uploader =>
        {
            var nginx = await Nginx.Start(uploader.Folder, $"127.0.0.1:{uploader.Port}", change);
            return (nginx, nginx.Address);
        },
        settings);

    /// <summary>Apache reaches the service by its unix socket alone.</summary>
    public static Task<ExaminedHost> BehindApache() => Start(
        async uploader =>
        {
            var apache = await Apache.Start(uploader.Folder, SocketOf(uploader));
            return (apache, apache.Address);
        },
        bySocket: true);

    public Task<IReadOnlyDictionary<string, (string Verdict, string Finding)>> Examine(params string[] words) => Examine(Address, words);

    public async Task<IReadOnlyDictionary<string, (string Verdict, string Finding)>> Examine(Uri front, params string[] words)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new Terminal { Out = output, Error = error };
        await new Uploaderctl(terminal, TimeProvider.System).Run(["doctor", "--config", Config, "--front", $"{front}", "-o", "json", .. words]);
        Assert.Equal("", error.ToString());
        using var lines = JsonDocument.Parse(output.ToString());
        return lines.RootElement.EnumerateArray().ToDictionary(
            line => line.GetProperty("id").GetString()!,
            line => (line.GetProperty("verdict").GetString()!, line.GetProperty("finding").GetString()!),
            StringComparer.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _front.DisposeAsync();
        await Uploader.DisposeAsync();
    }

    private static async Task<ExaminedHost> Start(
        Func<LiveUploader, Task<(IAsyncDisposable Front, Uri Address)>> front, IReadOnlyDictionary<string, string>? settings = null, bool bySocket = false)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            // Who reads what is planted.
            ["Storage:Group"] = Environment.IsPrivilegedProcess ? "www-data" : Environment.UserName,
            ["Storage:Owner"] = Environment.UserName,
            ["Limits:Rate"] = "5",
            ["Limits:Burst"] = "10",
            ["Disk:MinFree"] = "1MiB",
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string>(StringComparer.Ordinal))
            all[key] = value;
        var uploader = new LiveUploader(all.ToDictionary(setting => setting.Key, setting => (string?)setting.Value, StringComparer.Ordinal));
        try
        {
            uploader.LaunchWorker();
            _ = bySocket ? uploader.LaunchWebActivated(SocketOf(uploader)) : uploader.LaunchWeb();
            await uploader.Ready();
            // systemd's SocketMode= and SocketGroup= see to that on a real machine.
            if (bySocket)
                File.SetUnixFileMode(SocketOf(uploader), (UnixFileMode)0b110_110_110);
            all["Storage:Root"] = uploader.Uploads;
            all["Ledger:Directory"] = uploader.State;
            all["Auth:KeyFile"] = uploader.KeyFile;
            all["Web:Listen"] = $"127.0.0.1:{uploader.Port}";
            var config = Path.Join(uploader.Folder, "fileuploader.json");
            await File.WriteAllTextAsync(config, JsonSerializer.Serialize(all));
            var (server, address) = await front(uploader);
            return new ExaminedHost(uploader, server, address, config);
        }
        catch
        {
            await uploader.DisposeAsync();
            throw;
        }
    }

    private static string SocketOf(LiveUploader uploader) => Path.Join(uploader.Folder, "web.sock");
}
