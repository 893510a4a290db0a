using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Support;
using Uploader.Shared.Configuration;
using Uploader.Shared.Journal;
using Uploader.Shared.Ledger;
using Uploader.Web;
using Uploader.Web.Admission;
using Uploader.Web.Authentication;

namespace Web.Tests;

/// <summary>The whole web process on a real port with its own folder: real Kestrel, real files, a real ledger.</summary>
internal sealed class LiveWeb : IAsyncDisposable
{
    public const string Key = "a-key-only-for-tests";
    private readonly Scratch _scratch = new();
    private readonly WebApplication _web;

    private LiveWeb(Func<UploaderOptions, UploaderOptions> change, string keyOptions, Action<string> prepare)
    {
        _scratch.File("keys", KeyLine("tester", Key, keyOptions));
        prepare(_scratch.Folder("uploads"));
        _scratch.Folder("state");
        _web = WebProcess.Build(change(new UploaderOptions
        {
            Storage = new StorageOptions { Root = _scratch.Of("uploads"), Group = "0" },
            Ledger = new LedgerOptions { Directory = _scratch.Of("state") },
            Auth = new AuthOptions { KeyFile = _scratch.Of("keys") },
            Web = new WebOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0) },
            Disk = new DiskOptions { MinFree = 0 },
            Limits = new LimitOptions { Rate = 1000, Burst = 1000 },
            Log = LogTarget.Console,
        }));
    }

    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    public Uri UploadAddress => new(Address, "/api/bcloud/fileuploader/upload");

    public string Root => _scratch.Of("uploads");

    public string KeyFile => _scratch.Of("keys");

    public DiskGauge Gauge => _web.Services.GetRequiredService<DiskGauge>();

    public bool IsMeasured() => Gauge.IsKnown;

    public HttpClient Client { get; } = new(new SocketsHttpHandler { PooledConnectionIdleTimeout = TimeSpan.Zero });

    /// <param name="change">Of the options.</param>
    /// <param name="keyOptions">What follows the hash of <see cref="Key"/> in the key file.</param>
    /// <param name="prepare">Fills the uploads directory before anybody looks at it.</param>
    public static async Task<LiveWeb> Start(Func<UploaderOptions, UploaderOptions>? change = null, string keyOptions = "", Action<string>? prepare = null)
    {
        var live = new LiveWeb(change ?? (options => options), keyOptions, prepare ?? (_ => { }));
        await live._web.StartAsync();
        live.Address = new Uri(live._web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return live;
    }

    public static string KeyLine(string name, string key, string options = "") =>
        $"{name} sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))} {options}\n";

    /// <summary>Puts these lines in place of the key file and waits until they are in force.</summary>
    public async Task Rekey(params string[] lines)
    {
        var watch = _web.Services.GetRequiredService<KeyWatch>();
        var before = watch.Ring;
        await File.WriteAllTextAsync(KeyFile, string.Concat(lines));
        await Until.True(() => watch.Ring != before, TimeSpan.FromSeconds(30));
    }

    public Posting Upload(string name, byte[] content) => new Posting(this, UploadAddress).With("file", name, content);

    public Posting UploadMultiple(params (string Name, byte[] Content)[] files) =>
        files.Aggregate(new Posting(this, new Uri(UploadAddress + "/multiple")), (posting, file) => posting.With("files", file.Name, file.Content));

    public Posting Post(string path = "upload") => new(this, new Uri(Address, "/api/bcloud/fileuploader/" + path));

    public async Task<(int Status, string Body)> Get(string path, string method = "GET")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Address, path));
        using var response = await Client.SendAsync(request);
        Assert.StartsWith("application/", response.Content.Headers.ContentType?.MediaType, StringComparison.Ordinal);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Every file below the root, staging too.</summary>
    public IReadOnlyList<string> Files() => [.. Directory.EnumerateFiles(Root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })];

    /// <summary>The failures that were counted, as soon as there are any.</summary>
    public async Task<IReadOnlyList<FailureRow>> FailuresInLedger()
    {
        IReadOnlyList<FailureRow> rows = [];
        var ledger = _web.Services.GetRequiredService<LedgerFile>();
        await Until.True(() => (rows = ledger.Run(books => books.Failures.After(0, 100).ToArray())).Count > 0, TimeSpan.FromSeconds(30));
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _web.StopAsync();
        await _web.DisposeAsync();
        _scratch.Dispose();
    }
}
