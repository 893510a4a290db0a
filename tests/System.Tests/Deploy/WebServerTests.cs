using Support;

namespace System.Tests.Deploy;

/// <summary>What any web server in front has to do with our snippets; each real one adds what it does in its own way.</summary>
public abstract class WebServerTests : IAsyncLifetime
{
    private IAsyncDisposable? _server;

    private protected PlantedUploads Uploads { get; } = new();

    private protected EchoUpstream? Upstream { get; private set; }

    private protected Uri Address { get; private set; } = new("http://127.0.0.1/");

    public async ValueTask InitializeAsync()
    {
        Upstream = await EchoUpstream.Start(Uploads.Of("web.sock"));
        (_server, Address) = await Start(Uploads.Folder, Uploads.Of("web.sock"));
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        await Upstream!.DisposeAsync();
        Uploads.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("jpg", "image/jpeg")]
    [InlineData("jpeg", "image/jpeg")]
    [InlineData("png", "image/png")]
    [InlineData("pdf", "application/pdf")]
    [InlineData("mp4", "video/mp4")]
    [InlineData("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    public Task A_stored_file_is_served_as_its_type_and_for_saving_only(string extension, string type)
        => Served.AsAttachment(Address, extension, type);

    [Theory]
    [MemberData(nameof(Served.Forbidden), MemberType = typeof(Served))]
    public Task Nothing_else_below_uploads_is_served(string path) => Served.Refuses(Uploads, Address, path);

    [Theory]
    [InlineData("PUT")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task Stored_files_can_only_be_read(string method)
    {
        var answer = await Curl.Run("-X", method, "--data", "x", Address + PlantedUploads.Day[1..] + "k3v9x2m8.png");
        Assert.InRange(answer.Status, 400, 499);
        Assert.Equal(5000, new FileInfo(Uploads.Of(PlantedUploads.Day + "k3v9x2m8.png")).Length);
    }

    [Fact]
    public Task The_service_learns_the_real_address_whatever_the_client_claims() => Forwarded.IsTheRealAddress(Address);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Fifty_MiB_pass(bool chunked) => Forwarded.Passes(Uploads, Address, 50 * Bytes.MiB, chunked);

    private protected abstract Task<(IAsyncDisposable Server, Uri Address)> Start(string folder, string socket);

    /// <summary>A body of that size, its length declared, to the upload endpoint.</summary>
    private protected async Task<CurlAnswer> Send(int size)
    {
        var file = Uploads.Of("large");
        await File.WriteAllBytesAsync(file, new byte[size], TestContext.Current.CancellationToken);
        return await Curl.Run("--data-binary", "@" + file, Forwarded.UploadAddress(Address));
    }
}
