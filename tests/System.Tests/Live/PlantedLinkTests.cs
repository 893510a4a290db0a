using System.Collections.Concurrent;
using System.Net;
using System.Runtime.InteropServices;
using Support;

namespace System.Tests.Live;

/// <summary>Somebody who may write below the uploads directory plants links while uploads and sweeps run: nothing outside may change.</summary>
public sealed partial class PlantedLinkTests
{
    private const int AtCurrentFolder = -100; // AT_FDCWD
    private const int Pairs = 100;
    private const uint Exchange = 2; // RENAME_EXCHANGE
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly ConcurrentBag<Receipt> _receipts = [];
    private int _planted;
    private long _turned;

    [Fact]
    public async Task Targets_outside_stay_as_they_are_and_uploads_stay_whole()
    {
        Root.IsNeeded("links have to lead to files of another account");
        await using var uploader = await LiveUploader.Start(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Schedule:PermissionSweep"] = "1s",
            ["Schedule:StagingSweep"] = "1s",
        });
        var outside = await Outside(uploader);
        var before = await StateOf(outside);
        await MakeFolders(uploader);

        using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task[] busy =
        [
            .. Enumerable.Range(0, 3).Select(i => KeepUploading(uploader, i, over.Token)),
            Task.Run(() => KeepPlanting(uploader, outside, over.Token), CancellationToken.None),
            Task.Run(() => KeepTurning(uploader, outside, over.Token), CancellationToken.None),
        ];
        // A thousand and more looks of the sweeps at a name that is a link the next moment.
        var day = DayOf(uploader);
        var witnesses = 0;
        await Until.True(
            () =>
            {
                // A file of a wrong mode that is right again: a whole sweep has passed by.
                var witness = Path.Join(day, "witness.png");
                if (!File.Exists(witness) || File.GetUnixFileMode(witness) == (UnixFileMode)0b110_100_000)
                {
                    witnesses++;
                    File.WriteAllBytes(witness, []);
                    File.SetUnixFileMode(witness, (UnixFileMode)0b111_111_111);
                }

                return witnesses > 6 && _receipts.Count > 20;
            },
            Limit,
            "six sweeps repair a file and twenty uploads pass");
        await over.CancelAsync();
        await Task.WhenAll(busy);

        TestContext.Current.TestOutputHelper?.WriteLine($"{_planted} times planted, {_turned} times turned, {_receipts.Count} uploads acknowledged, {witnesses - 1} sweeps");
        Assert.Equal(before, await StateOf(outside));
        Assert.All(_receipts, receipt => Assert.True(receipt.IsWhole(uploader), $"{receipt.Path} was acknowledged and is not whole"));
        Assert.Contains("link.png is a", uploader.Worker!.Output, StringComparison.Ordinal);
    }

    private static string DayOf(LiveUploader uploader) => Path.Join(uploader.Uploads, $"{TimeProvider.System.GetUtcNow():yyyy/MM/dd}");

    private async Task MakeFolders(LiveUploader uploader)
    {
        using var sender = new Sender(uploader, "192.0.2.250");
        _receipts.Add((await sender.Upload(Bytes.Png())).Receipt!);
        Directory.CreateDirectory(DayOf(uploader));
    }

    /// <summary>Of another account, readable by all: any repair would show.</summary>
    private static async Task<string> Outside(LiveUploader uploader)
    {
        var folder = Directory.CreateDirectory(Path.Join(uploader.Folder, "outside", "folder")).Parent!.FullName;
        string[] files = ["secret.png", "hard.png", "folder/deep.png"];
        foreach (var file in files)
        {
            await File.WriteAllTextAsync(Path.Join(folder, file), $"what {file} says");
        }

        var (exitCode, output) = await Child.Run("sh", "-c", $"chown -R 12345:12345 '{folder}' && chmod -R a+rwx '{folder}' && chmod u+s '{folder}/secret.png'");
        Assert.True(exitCode == 0, output);
        return folder;
    }

    /// <summary>Names, modes, owners, sizes, times and contents.</summary>
    private static async Task<string> StateOf(string folder)
        => (await Child.Run("sh", "-c", $"cd '{folder}' && find . -printf '%p %m %U %G %s %T@\\n' | sort && find . -type f -exec sha256sum '{{}}' + | sort")).Output;

    private async Task KeepUploading(LiveUploader uploader, int number, CancellationToken over)
    {
        using var sender = new Sender(uploader, $"192.0.2.{number + 1}");
        while (!over.IsCancellationRequested)
        {
            var (status, receipt) = await sender.Upload(Bytes.Png(200_000, number));
            // With a link where staging was nothing can be stored: a fault of the machine, not the client's.
            Assert.True(status is HttpStatusCode.Created or HttpStatusCode.InternalServerError, $"{status}");
            if (receipt is not null)
            {
                _receipts.Add(receipt);
            }
        }
    }

    private void KeepPlanting(LiveUploader uploader, string outside, CancellationToken over)
    {
        var day = DayOf(uploader);
        // What stays put, for the sweeps to find.
        File.CreateSymbolicLink(Path.Join(day, "link.png"), Path.Join(outside, "secret.png"));
        Directory.CreateSymbolicLink(Path.Join(uploader.Uploads, "2001"), outside);
        Directory.CreateSymbolicLink(Path.Join(day, "folder"), Path.Join(outside, "folder"));
        Assert.Equal(0, Link(Path.Join(outside, "hard.png"), Path.Join(day, "hard.png")));

        var swap = Path.Join(uploader.Uploads, ".swap");
        Directory.CreateSymbolicLink(swap, outside);
        while (!over.IsCancellationRequested)
        {
            var name = $"{++_planted:D10}.png";
            File.CreateSymbolicLink(Path.Join(uploader.Staging, name), Path.Join(outside, "secret.png"));
            Assert.Equal(0, Link(Path.Join(outside, "hard.png"), Path.Join(uploader.Staging, "h" + name)));
            if (_planted % 16 == 0)
            {
                // Staging itself becomes a link, between any two system calls of an upload, and is itself again.
                Assert.Equal(0, RenameAt2(AtCurrentFolder, swap, AtCurrentFolder, uploader.Staging, Exchange));
                Assert.Equal(0, RenameAt2(AtCurrentFolder, swap, AtCurrentFolder, uploader.Staging, Exchange));
            }

            if (_planted % 64 == 0)
            {
                SpinWait.SpinUntil(() => over.IsCancellationRequested, TimeSpan.FromMilliseconds(5));
            }
        }
    }

    /// <summary>Files and links, folders and links take turns under their names without a pause: what was looked at must be what is changed.</summary>
    private void KeepTurning(LiveUploader uploader, string outside, CancellationToken over)
    {
        var day = DayOf(uploader);
        List<(string Real, string Link)> pairs = [];
        for (var i = 0; i < Pairs; i++)
        {
            var (file, folder) = (Path.Join(day, $"turn{i}.png"), Path.Join(day, $"turn{i}"));
            File.WriteAllText(file, "");
            File.CreateSymbolicLink(file + ".link", Path.Join(outside, "secret.png"));
            Directory.CreateDirectory(folder);
            Directory.CreateSymbolicLink(folder + ".link", Path.Join(outside, "folder"));
            pairs.AddRange([(file, file + ".link"), (folder, folder + ".link")]);
        }

        while (!over.IsCancellationRequested)
        {
            foreach (var (real, link) in pairs)
            {
                Assert.Equal(0, RenameAt2(AtCurrentFolder, real, AtCurrentFolder, link, Exchange));
                _turned++;
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt2(int oldFolder, string oldPath, int newFolder, string newPath, uint flags);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string target, string path);
}
