using Support;

namespace System.Tests.Deploy;

/// <summary>deploy/apache, run by a real Apache.</summary>
public sealed class ApacheTests : IAsyncLifetime
{
    private readonly PlantedUploads _uploads = new();
    private EchoUpstream? _upstream;
    private Apache? _apache;

    public async ValueTask InitializeAsync()
    {
        _upstream = await EchoUpstream.Start(_uploads.Of("web.sock"));
        _apache = await Apache.Start(_uploads.Folder, _uploads.Of("web.sock"));
    }

    public async ValueTask DisposeAsync()
    {
        await _apache!.DisposeAsync();
        await _upstream!.DisposeAsync();
        _uploads.Dispose();
    }

    [Fact]
    public async Task The_example_site_passes_configtest()
    {
        var (exitCode, output) = await Apache.TestExampleSite(_uploads.Folder);
        Assert.True(exitCode == 0, output);
        Assert.Contains("Syntax OK", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jpg", "image/jpeg")]
    [InlineData("jpeg", "image/jpeg")]
    [InlineData("png", "image/png")]
    [InlineData("pdf", "application/pdf")]
    [InlineData("mp4", "video/mp4")]
    [InlineData("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    public Task A_stored_file_is_served_as_its_type_and_for_saving_only(string extension, string type)
        => Served.AsAttachment(_apache!.Address, extension, type);

    [Theory]
    [MemberData(nameof(Served.Forbidden), MemberType = typeof(Served))]
    public Task Nothing_else_below_uploads_is_served(string path) => Served.Refuses(_uploads, _apache!.Address, path);

    [Theory]
    [InlineData("PUT")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task Stored_files_can_only_be_read(string method)
    {
        var answer = await Curl.Run("-X", method, "--data", "x", _apache!.Address + PlantedUploads.Day[1..] + "k3v9x2m8.png");
        Assert.InRange(answer.Status, 400, 499);
        Assert.Equal(5000, new FileInfo(_uploads.Of(PlantedUploads.Day + "k3v9x2m8.png")).Length);
    }

    [Fact]
    public Task The_service_learns_the_real_address_whatever_the_client_claims() => Forwarded.IsTheRealAddress(_apache!.Address);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Fifty_MiB_pass(bool chunked) => Forwarded.Passes(_uploads, _apache!.Address, 50 * Bytes.MiB, chunked);

    [Fact]
    public async Task A_declared_size_over_51_MiB_is_refused_with_413()
    {
        var file = _uploads.Of("large");
        await File.WriteAllBytesAsync(file, new byte[51 * Bytes.MiB + 1], TestContext.Current.CancellationToken);
        var answer = await Curl.Run("--data-binary", "@" + file, Forwarded.UploadAddress(_apache!.Address));
        Assert.Equal(413, answer.Status);
    }

    [Fact]
    public Task A_body_without_a_length_is_left_to_the_service()
        => Forwarded.Passes(_uploads, _apache!.Address, 51 * Bytes.MiB + 1, chunked: true);

    [Fact]
    public async Task Health_is_not_for_the_outside()
    {
        var answer = await Curl.Run(_apache!.Address + "health/ready");
        Assert.InRange(answer.Status, 403, 404);
    }
}
