using System.Diagnostics;
using System.Net;
using Support;

namespace System.Tests.Live;

/// <summary>Two processes that share the ledger and nothing else: each has a /tmp of its own, as with <c>PrivateTmp=yes</c>.</summary>
public sealed class SeparateTmpTests
{
    private const int Addresses = 20;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>A new mount namespace with an empty /tmp, in which the folders named (as far as the first <c>--</c>) still are where they were.</summary>
    private const string OwnTmp = """
        set -e
        mount -t tmpfs tmpfs /mnt
        n=0
        for folder in $KEPT; do n=$((n + 1)); mkdir /mnt/$n; mount --bind "$folder" /mnt/$n; done
        mount -t tmpfs tmpfs /tmp
        n=0
        for folder in $KEPT; do n=$((n + 1)); mkdir -p "$folder"; mount --bind /mnt/$n "$folder"; done
        exec "$@"
        """;

    [Fact]
    public async Task A_ban_still_arrives()
    {
        Root.IsNeeded("a /tmp of its own takes a mount namespace");
        await using var uploader = new LiveUploader();
        uploader.SetVariable("KEPT", $"{uploader.Folder} {Checkout.Root}");
        uploader.SetVariable("TMPDIR", "/tmp");
        string[] through = ["unshare", "--mount", "--propagation", "private", "sh", "-c", OwnTmp, "sh"];
        uploader.LaunchWorker(through);
        uploader.LaunchWeb(through);
        await uploader.Ready();

        var took = new List<double>();
        for (var i = 1; i <= Addresses; i++)
        {
            took.Add((await FailureToBan(uploader, $"198.51.100.{i}")).TotalMilliseconds);
        }

        took.Sort();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"from the failure that earned it to the first 403, {Addresses} addresses: median {took[Addresses / 2]:F0} ms, longest {took[^1]:F0} ms");
        Assert.NotEqual(await MountOf(uploader.Web!), await MountOf(uploader.Worker!));
    }

    private static async Task<TimeSpan> FailureToBan(LiveUploader uploader, string address)
    {
        using var guesser = new Sender(uploader, address, "wrong");
        for (var failure = 0; failure < 5; failure++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await guesser.Knock());
        }

        var since = Stopwatch.GetTimestamp();
        while (await guesser.Knock() != HttpStatusCode.Forbidden)
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < Limit, $"{address} was not banned within {Limit}");
            await Task.Delay(2, TestContext.Current.CancellationToken);
        }

        return Stopwatch.GetElapsedTime(since);
    }

    private static async Task<string> MountOf(Child child) => (await Child.Run("readlink", $"/proc/{child.Id}/ns/mnt")).Output;
}
