using Support;

namespace System.Tests.Live;

/// <summary>What real programs made, sent by the real curl to the shipped program: its inspection is compiled ahead of time and judges as it does in its own tests.</summary>
public sealed class RealFilesTests(RunningUploader running) : IClassFixture<RunningUploader>
{
    [Fact]
    public async Task Each_is_stored_to_the_byte()
    {
        var files = Directory.EnumerateDirectories(Checkout.Of("tests", "Samples")).SelectMany(Directory.EnumerateFiles).Order(StringComparer.Ordinal).ToArray();
        Assert.NotEmpty(files);
        var wrong = new List<string>();
        foreach (var file in files)
        {
            var answer = await Curl.Run(["-H", "X-API-KEY: " + LiveUploader.Key, "-F", "file=@" + file, running.Uploader.UploadAddress.ToString()]);
            if (answer.Status != 201 || !Receipt.Of(answer.Body).IsWhole(running.Uploader))
                wrong.Add($"{Path.GetFileName(file)}: {answer.Status} {answer.Body}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
