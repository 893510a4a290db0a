using System.Collections.Concurrent;
using System.Net;
using Support;

namespace System.Tests.Live;

/// <summary>A disk that is nearly full, and a limit in bytes, against uploads that come all at once.</summary>
public sealed class FullDiskTests
{
    private const int Large = 50 * Bytes.MiB;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Four_parallel_uploads_of_50_MiB_into_120_MiB_are_stored_whole_or_refused_with_507(bool isChunked)
    {
        Root.IsNeeded("a file system of 120 MiB has to be mounted");
        await using var uploader = new LiveUploader();
        await using var disk = await Tmpfs.Mount(uploader.Uploads, "120m");
        try
        {
            uploader.LaunchWorker();
            uploader.LaunchWeb();
            await uploader.Ready();
            var file = Path.Join(uploader.Folder, "large.png");
            await File.WriteAllBytesAsync(file, Bytes.Png(Large), TestContext.Current.CancellationToken);

            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Send(uploader, file, isChunked)));
            TestContext.Current.TestOutputHelper?.WriteLine(string.Join(' ', answers.Select(answer => answer.Status)));
            Assert.All(answers, answer => Assert.True(answer is { ExitCode: 0, Status: 201 or 507 }, answer.Complaint + answer.Body));
            Assert.Contains(answers, answer => answer.Status == 507);
            var stored = answers.Where(answer => answer.Status == 201).Select(answer => Receipt.Of(answer.Body)).ToList();
            Assert.All(stored, receipt => Assert.True(receipt.IsWhole(uploader)));
            Assert.Equal(stored.Count, uploader.StoredFiles().Count());
            Assert.Empty(uploader.StagedFiles());

            // Filled to the brim, and then with room for one again.
            while (await Send(uploader, file, isChunked) is { Status: 201 } more)
            {
                stored.Add(Receipt.Of(more.Body));
            }

            Assert.NotEmpty(stored);
            File.Delete(Path.Join(uploader.Uploads, stored[0].Path));
            Assert.Equal(201, (await Send(uploader, file, isChunked)).Status);
        }
        finally
        {
            await uploader.KillWeb();
            await uploader.KillWorker();
        }
    }

    [Fact]
    public async Task A_hundred_parallel_uploads_never_pass_MaxBytes_by_one_byte()
    {
        const int Limit = 10 * Bytes.MiB;
        await using var uploader = await LiveUploader.Start(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Disk:MaxBytes"] = "10MiB",
            ["Schedule:DiskWatch"] = "1s",
        });
        using var over = new CancellationTokenSource();
        var most = MostBytesEver(uploader, over.Token);

        var statuses = new ConcurrentBag<HttpStatusCode>();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
        {
            using var sender = new Sender(uploader, $"192.0.2.{i + 1}");
            // Odd on purpose: no multiple of a block. Different sizes find gaps that one size would not.
            statuses.Add((await sender.Upload(Bytes.Png(200_001 + 1_777 * i, i))).Status);
        }));
        await over.CancelAsync();

        var used = uploader.StoredFiles().Sum(file => new FileInfo(file).Length);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{statuses.Count(status => status == HttpStatusCode.Created)} stored, {used} of {Limit} bytes used, at most {await most}");
        Assert.All(statuses, status => Assert.True(status is HttpStatusCode.Created or HttpStatusCode.InsufficientStorage, $"{status}"));
        Assert.Equal(statuses.Count(status => status == HttpStatusCode.Created), uploader.StoredFiles().Count());
        Assert.InRange(Math.Max(used, await most), Limit / 2, Limit);
    }

    private static Task<long> MostBytesEver(LiveUploader uploader, CancellationToken over) => Task.Run(
        async () =>
        {
            var most = 0L;
            while (!over.IsCancellationRequested)
            {
                most = Math.Max(most, uploader.StoredFiles().Sum(file => new FileInfo(file).Length));
                await Task.Delay(5, CancellationToken.None);
            }

            return most;
        },
        CancellationToken.None);

    private static Task<CurlAnswer> Send(LiveUploader uploader, string file, bool isChunked) => Curl.Run(
        ["-H", "X-API-KEY: " + LiveUploader.Key, .. isChunked ? (string[])["-H", "Transfer-Encoding: chunked"] : [],
         "-F", "file=@" + file, uploader.UploadAddress.ToString()]);
}
