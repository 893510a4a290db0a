using Support;

namespace System.Tests.Live;

/// <summary>The size limit as the real curl meets it: how a client reads an answer that comes before it has sent everything is its own affair.</summary>
public sealed class FileSizeTests(RunningUploader running) : IClassFixture<RunningUploader>
{
    private const int Limit = 50 * Bytes.MiB;

    public static TheoryData<bool, bool> WaysOfSending { get; } = new() { { false, false }, { false, true }, { true, false }, { true, true } };

    private LiveUploader Uploader => running.Uploader;

    [Theory]
    [MemberData(nameof(WaysOfSending))]
    public async Task Fifty_MiB_are_stored(bool isChunked, bool expectsContinue)
    {
        var answer = await Send(Limit, isChunked, expectsContinue);
        Assert.True((answer.ExitCode, answer.Status) == (0, 201), answer.Complaint + answer.Body);
        var receipt = Receipt.Of(answer.Body);
        Assert.Equal(Limit, receipt.Size);
        Assert.True(receipt.IsWhole(Uploader));
    }

    [Theory]
    [MemberData(nameof(WaysOfSending))]
    public Task One_byte_more_is_refused_in_words_that_curl_can_read(bool isChunked, bool expectsContinue) => IsRefused(Limit + 1, isChunked, expectsContinue);

    /// <summary>Refused long before its end: what curl still sends must not turn the answer into a reset.</summary>
    [Theory]
    [MemberData(nameof(WaysOfSending))]
    public Task So_is_a_body_far_over_the_limit(bool isChunked, bool expectsContinue) => IsRefused(80 * Bytes.MiB, isChunked, expectsContinue);

    private async Task IsRefused(int size, bool isChunked, bool expectsContinue)
    {
        var before = Uploader.StoredFiles().Count();
        var answer = await Send(size, isChunked, expectsContinue);
        Assert.True((answer.ExitCode, answer.Status) == (0, 413), $"{answer.ExitCode} {answer.Status} {answer.Complaint}");
        Assert.Equal("application/problem+json", answer.Header("Content-Type"));
        Assert.Equal("urn:fileuploader:too-large", answer.Json.GetProperty("type").GetString());
        Assert.Equal(before, Uploader.StoredFiles().Count());
        Assert.Empty(Uploader.StagedFiles());
    }

    private async Task<CurlAnswer> Send(int size, bool isChunked, bool expectsContinue)
    {
        using var scratch = new Scratch();
        var file = scratch.File("whole.png", Bytes.Png(size));
        string[] framing = isChunked ? ["-H", "Transfer-Encoding: chunked"] : [];
        return await Curl.Run(
            ["-H", "X-API-KEY: " + LiveUploader.Key, "-H", expectsContinue ? "Expect: 100-continue" : "Expect:", .. framing,
             "-F", "file=@" + file, Uploader.UploadAddress.ToString()]);
    }
}
