using System.Net;
using System.Security.Cryptography;
using System.Text.Json;

namespace Support;

/// <summary>What the service acknowledged: from then on the file has to be there, whole.</summary>
public sealed record Receipt(string Id, string Name, long Size, string Sha256, string Type, string Path)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static Receipt Of(string json) => JsonSerializer.Deserialize<Receipt>(json, Web)!;

    /// <summary>Whether the stored file is there and has the size and the hash of this receipt.</summary>
    public bool IsWhole(LiveUploader uploader) => IsWholeBelow(uploader.Uploads);

    public bool IsWholeBelow(string uploads)
    {
        var stored = System.IO.Path.Join(uploads, Path);
        if (!File.Exists(stored))
        {
            return false;
        }

        using var file = File.OpenRead(stored);
        return file.Length == Size && Convert.ToHexStringLower(SHA256.HashData(file)) == Sha256;
    }
}

/// <summary>A client as the service sees it behind a proxy on this machine: by an address of its own, and with a key or a wrong one.</summary>
public sealed class Sender : IDisposable
{
    private readonly HttpClient _client;
    private readonly LiveUploader _uploader;

    public Sender(LiveUploader uploader, string address, string key = LiveUploader.Key)
    {
        Address = address;
        _uploader = uploader;
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(60) };
        _client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        _client.DefaultRequestHeaders.Add("X-API-KEY", key);
    }

    public string Address { get; }

    /// <summary>The receipt, when there is one. Nothing is known of an upload that ended with <see cref="HttpRequestException"/>.</summary>
    public async Task<(HttpStatusCode Status, Receipt? Receipt)> Upload(byte[] content, string name = "a.png")
    {
        using var answer = await _uploader.Upload(_client, name, content);
        var body = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, answer.StatusCode == HttpStatusCode.Created ? Receipt.Of(body) : null);
    }

    /// <summary>A request without a body: 401 or 400, and 403 for who is banned.</summary>
    public async Task<HttpStatusCode> Knock()
    {
        using var nothing = new ByteArrayContent([]);
        using var answer = await _client.PostAsync(_uploader.UploadAddress, nothing);
        return answer.StatusCode;
    }

    public void Dispose() => _client.Dispose();
}
