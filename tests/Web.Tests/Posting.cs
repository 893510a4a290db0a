using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Uploader.Web.Refusals;

namespace Web.Tests;

/// <summary>One request, described and then sent: <c>await web.Upload("a.png", bytes).WithKey(key).IsRefusedWith(…)</c>.</summary>
internal sealed class Posting(LiveWeb web, Uri address)
{
    private const string Boundary = "----boundary-of-the-tests";
    private readonly MemoryStream _form = new();
    private readonly Dictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase) { ["X-API-KEY"] = LiveWeb.Key };
    private Uri _address = address;
    private bool _chunked;
    private byte[]? _raw;
    private string _contentType = $"multipart/form-data; boundary={Boundary}";

    /// <summary>The part's header as a browser writes it, the name taken as it is.</summary>
    public Posting With(string field, string fileName, byte[] content) =>
        WithPart($"Content-Disposition: form-data; name=\"{field}\"; filename=\"{fileName}\"\r\nContent-Type: application/octet-stream", content);

    public Posting WithField(string name, string value) => WithPart($"Content-Disposition: form-data; name=\"{name}\"", Encoding.UTF8.GetBytes(value));

    public Posting WithPart(string headers, byte[] content)
    {
        _form.Write(Encoding.UTF8.GetBytes($"--{Boundary}\r\n{headers}\r\n\r\n"));
        _form.Write(content);
        _form.Write("\r\n"u8);
        return this;
    }

    public Posting WithBody(byte[] raw, string? contentType = null)
    {
        _raw = raw;
        _contentType = contentType ?? _contentType;
        return this;
    }

    public Posting WithContentType(string contentType)
    {
        _contentType = contentType;
        return this;
    }

    public Posting WithKey(string? key)
    {
        _headers.Remove("X-API-KEY");
        return key is null ? this : WithHeader("X-API-KEY", key);
    }

    public Posting WithHeader(string name, string value)
    {
        _headers[name] = value;
        return this;
    }

    public Posting WithQuery(string query)
    {
        _address = new Uri(_address + query);
        return this;
    }

    public Posting From(string address) => WithHeader("X-Forwarded-For", address);

    public Posting Chunked(bool chunked = true)
    {
        _chunked = chunked;
        return this;
    }

    public async Task<(HttpResponseMessage Response, JsonElement Json)> Send()
    {
        var body = _raw ?? [.. _form.ToArray(), .. Encoding.ASCII.GetBytes($"--{Boundary}--\r\n")];
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(_contentType);
        request.Headers.TransferEncodingChunked = _chunked;
        if (_chunked)
            request.Content.Headers.ContentLength = null;
        foreach (var (name, value) in _headers)
            request.Headers.TryAddWithoutValidation(name, value);
        var response = await web.Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    public async Task<JsonElement> IsStored()
    {
        var (response, json) = await Send();
        Assert.True(response.StatusCode == HttpStatusCode.Created, $"{(int)response.StatusCode} {json}");
        return json;
    }

    public async Task<JsonElement> IsRefusedWith(Refusal refusal)
    {
        var (response, json) = await Send();
        Assert.True((int)response.StatusCode == refusal.Status, $"expected {refusal.Status}, got {(int)response.StatusCode} {json}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("urn:fileuploader:" + refusal.Code, json.GetProperty("type").GetString());
        Assert.Equal(refusal.Status, json.GetProperty("status").GetInt32());
        Assert.Equal(refusal.Title, json.GetProperty("title").GetString());
        Assert.Equal(refusal.Title, json.GetProperty("error").GetString());
        Assert.NotEmpty(json.GetProperty("detail").GetString()!);
        return json;
    }
}
