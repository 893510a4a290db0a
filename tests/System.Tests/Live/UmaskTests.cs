using System.Net;
using Support;

namespace System.Tests.Live;

/// <summary>Modes are set on handles: whatever umask the processes were started with.</summary>
public sealed class UmaskTests
{
    private const UnixFileMode Everybody = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    [Theory]
    [InlineData("000")]
    [InlineData("077")]
    public async Task Files_are_0640_and_folders_0750(string umask)
    {
        await using var uploader = new LiveUploader();
        string[] through = ["sh", "-c", $"umask {umask}; exec \"$@\"", "sh"];
        uploader.LaunchWorker(through);
        uploader.LaunchWeb(through);
        await uploader.Ready();

        using var sender = new Sender(uploader, "192.0.2.1");
        var (status, receipt) = await sender.Upload(Bytes.Png());
        Assert.Equal(HttpStatusCode.Created, status);
        var path = Path.Join(uploader.Uploads, receipt!.Path);
        Assert.Equal("640", ModeOf(path));
        for (var folder = Path.GetDirectoryName(path)!; folder != uploader.Uploads; folder = Path.GetDirectoryName(folder)!)
        {
            Assert.Equal((folder, "750"), (folder, ModeOf(folder)));
        }

        Assert.Equal("700", ModeOf(uploader.Staging));
        Assert.All(Directory.EnumerateFiles(uploader.State), file => Assert.True((File.GetUnixFileMode(file) & Everybody) == UnixFileMode.None, $"{file} is {ModeOf(file)}"));
    }

    private static string ModeOf(string path) => Convert.ToString((int)File.GetUnixFileMode(path), 8);
}
