using System.Net.Http.Headers;

namespace Uploader.Ctl.Doctor.Fronts;

/// <summary>The requests that the doctor sends.</summary>
/// <param name="path">Of the upload endpoint.</param>
internal sealed class Requests(string path)
{
    public const string KeyHeader = "X-API-KEY";

    /// <summary>A whole PNG: one black pixel.</summary>
    public static readonly byte[] Pixel = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==");

    public string Path { get; } = path;

    /// <summary>Any path below the service's own that is no endpoint: neither counted nor limited by it.</summary>
    public HttpRequestMessage Nothing() => new(HttpMethod.Get, new Uri($"{System.IO.Path.GetDirectoryName(Path)}/doctor-probe", UriKind.Relative));

    /// <summary>An upload without a file.</summary>
    public HttpRequestMessage Empty(string? key) => WithKey(new HttpRequestMessage(HttpMethod.Post, new Uri(Path, UriKind.Relative)) { Content = new ByteArrayContent([]) }, key);

    public HttpRequestMessage Upload(string key, string fileName, byte[] content)
    {
        var part = new ByteArrayContent(content);
        part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return WithKey(new HttpRequestMessage(HttpMethod.Post, new Uri(Path, UriKind.Relative)) { Content = new MultipartFormDataContent { { part, "file", fileName } } }, key);
    }

    /// <summary>A body of that length, which is never sent.</summary>
    public HttpRequestMessage Declared(string key, long length)
    {
        var content = new DeclaredContent(length);
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=doctor");
        var request = WithKey(new HttpRequestMessage(HttpMethod.Post, new Uri(Path, UriKind.Relative)) { Content = content }, key);
        request.Headers.ExpectContinue = true;
        return request;
    }

    /// <summary>A claim about who the client is, in every form there is.</summary>
    public static HttpRequestMessage Claiming(HttpRequestMessage request, string address)
    {
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", address);
        request.Headers.TryAddWithoutValidation("Forwarded", $"for={address}");
        request.Headers.TryAddWithoutValidation("X-Real-IP", address);
        return request;
    }

    public static HttpRequestMessage Get(string path) => new(HttpMethod.Get, new Uri(path, UriKind.Relative));

    private static HttpRequestMessage WithKey(HttpRequestMessage request, string? key)
    {
        if (key is not null)
            request.Headers.TryAddWithoutValidation(KeyHeader, key);
        return request;
    }
}
