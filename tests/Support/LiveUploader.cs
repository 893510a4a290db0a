using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Support;

/// <summary>
/// The real web and worker processes on a folder of their own: uploads, state and keys live in it, and processes that are started again
/// find what those before them left.
/// </summary>
public sealed class LiveUploader : IAsyncDisposable
{
    public const string Key = "a-key-only-for-tests";

    // About a second on an idle machine.
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Scratch _scratch = new();
    private readonly Dictionary<string, string?> _environment;

    /// <summary>Settings are keys as in the configuration file, <c>Disk:MaxBytes</c>; they replace the defaults of this driver.</summary>
    public LiveUploader(IReadOnlyDictionary<string, string?>? settings = null)
    {
        Port = LocalPort.Free();
        Uploads = _scratch.Folder("uploads");
        State = _scratch.Folder("state");
        KeyFile = _scratch.File("keys", $"tests sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Key)))}\n");
        _environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["UPLOADER_Log"] = "Console",
            ["DOTNET_EnableDiagnostics"] = "0",
            ["TMPDIR"] = _scratch.Folder("tmp"),
        };
        Set("Storage:Root", Uploads);
        Set("Storage:Group", Environment.UserName);
        Set("Ledger:Directory", State);
        Set("Web:Listen", $"127.0.0.1:{Port}");
        Set("Auth:KeyFile", KeyFile);
        // A test's machine may be nearly full, and its clients all have one address.
        Set("Disk:MinFree", "1MiB");
        Set("Limits:Rate", "100000");
        Set("Limits:Burst", "100000");
        Set("Limits:MaxConcurrentPerClient", "256");
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>(StringComparer.Ordinal))
        {
            Set(key, value);
        }
    }

    public int Port { get; }

    public string Folder => _scratch.Path;

    public string Uploads { get; }

    public string Staging => Path.Join(Uploads, ".incoming");

    public string State { get; }

    public string KeyFile { get; }

    public Uri Address => new($"http://127.0.0.1:{Port}");

    public Uri UploadAddress => new(Address, "/api/bcloud/fileuploader/upload");

    public Child? Web { get; private set; }

    public Child? Worker { get; private set; }

    /// <summary>Both processes, ready.</summary>
    public static async Task<LiveUploader> Start(IReadOnlyDictionary<string, string?>? settings = null)
    {
        var uploader = new LiveUploader(settings);
        try
        {
            uploader.LaunchWorker();
            uploader.LaunchWeb();
            await uploader.Ready();
            return uploader;
        }
        catch
        {
            await uploader.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes effect at the next launch.</summary>
    public void Set(string key, string? value) => _environment["UPLOADER_" + key.Replace(":", "__", StringComparison.Ordinal)] = value;

    /// <summary>A variable of the processes' environment; takes effect at the next launch.</summary>
    public void SetVariable(string name, string? value) => _environment[name] = value;

    /// <summary>Started by a program that sets the stage, such as <c>systemd-socket-activate</c> or <c>sh -c 'umask …'</c>.</summary>
    public Child LaunchWeb(params IReadOnlyList<string> through) => Web = Launch("Web", through);

    /// <summary>As systemd would: with this port and a Unix socket opened for it, at the first connection.</summary>
    public Child LaunchWebActivated(string unixSocket)
    {
        // It passes on no variables but those named.
        var variables = _environment.Keys.Append("PATH").Append("TEST_RUN_OF_UPLOADER").Where(name => name is not "TEST_RUN_OF_UPLOADER" || Environment.GetEnvironmentVariable(name) is not null);
        return LaunchWeb(["systemd-socket-activate", "-l", $"127.0.0.1:{Port}", "-l", unixSocket, .. variables.SelectMany(name => (string[])["-E", name])]);
    }

    public Child LaunchWorker(params IReadOnlyList<string> through) => Worker = Launch("Worker", through);

    /// <summary>SIGKILL to the web process; what it wrote stays readable.</summary>
    public Task KillWeb() => Kill(Web!);

    public Task KillWorker() => Kill(Worker!);

    /// <summary>Runs one of the programs, <c>Web</c>, <c>Worker</c> or <c>Ctl</c>, to its end with the settings of this uploader.</summary>
    public async Task<(int ExitCode, string Output)> Run(string name, params IReadOnlyList<string> arguments)
    {
        var program = Checkout.Program(name);
        await using var child = Child.Start(program[0], [.. program.Skip(1), .. arguments], _environment, Folder);
        return (await child.Exit(TimeSpan.FromMinutes(1)), child.Output);
    }

    /// <summary>Waits for <c>/health/ready</c>; fails at once, with what it wrote, when the web process ends instead.</summary>
    public async Task Ready()
    {
        using var client = NewClient();
        await Until.True(
            async () =>
            {
                foreach (var child in new[] { Web, Worker })
                {
                    if (child is { HasExited: true })
                    {
                        throw new InvalidOperationException($"A process ended with {await child.Exit(StartLimit)}:\n{child.Output}");
                    }
                }

                return await Health(client, "ready") == HttpStatusCode.OK;
            },
            StartLimit,
            $"/health/ready answers 200. The web process wrote:\n{Web?.Output}\nThe worker wrote:\n{Worker?.Output}");
    }

    /// <summary>Null when nobody answers.</summary>
    public static async Task<HttpStatusCode?> Health(HttpClient client, string which)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("/health/" + which, UriKind.Relative));
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>A client that carries the key.</summary>
    public HttpClient NewClient()
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Add("X-API-KEY", Key);
        return client;
    }

    public async Task<HttpResponseMessage> Upload(HttpClient client, string name, byte[] content)
    {
        using var form = Form(name, content);
        return await client.PostAsync(UploadAddress, form);
    }

    public static MultipartFormDataContent Form(string name, byte[] content, string field = "file")
    {
        var part = new ByteArrayContent(content);
        part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return new MultipartFormDataContent { { part, field, name } };
    }

    /// <summary>Files under a public name, without those still in staging.</summary>
    public IEnumerable<string> StoredFiles()
        => Directory.EnumerateDirectories(Uploads)
            .Where(folder => Path.GetFileName(folder) != ".incoming")
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories));

    /// <summary>What lies in staging; nothing before the first upload, which makes the folder.</summary>
    public IEnumerable<string> StagedFiles() => Directory.Exists(Staging) ? Directory.EnumerateFileSystemEntries(Staging) : [];

    public async ValueTask DisposeAsync()
    {
        foreach (var child in new[] { Web, Worker })
        {
            if (child is not null)
            {
                await child.DisposeAsync();
            }
        }

        _scratch.Dispose();
    }

    private static async Task Kill(Child child)
    {
        await child.Kill9();
        await child.DisposeAsync();
    }

    private Child Launch(string name, IReadOnlyList<string> through)
    {
        string[] command = [.. through, .. Checkout.Program(name)];
        return Child.Start(command[0], command[1..], _environment, Folder);
    }
}
