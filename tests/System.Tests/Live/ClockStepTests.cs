using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Support;

namespace System.Tests.Live;

/// <summary>A wall clock that is set by an hour while both processes run (libfaketime; the monotonic clock goes on).</summary>
public sealed class ClockStepTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Theory]
    // To the second: a slow machine measures it less exactly.
    [InlineData("+1h", "moved by (3599|360[01])")]
    [InlineData("-1h", "moved by -(3599|360[01])")]
    public async Task Bans_still_fall_and_uploads_still_pass(string step, string inTheLog)
    {
        var library = Directory.EnumerateFiles("/usr/lib", "libfaketimeMT.so.1", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }).FirstOrDefault();
        Assert.SkipWhen(library is null, "libfaketime is not installed");
        // Under it a wait of 5 s for the ledger is over at once (seen 0.4 s after a start): what is lost by that comes soon again.
        await using var uploader = new LiveUploader(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Schedule:DiskWatch"] = "1s" });
        var clock = Path.Join(uploader.Folder, "clock");
        await File.WriteAllTextAsync(clock, "+0", TestContext.Current.CancellationToken);
        uploader.SetVariable("LD_PRELOAD", library);
        uploader.SetVariable("FAKETIME_TIMESTAMP_FILE", clock);
        uploader.SetVariable("FAKETIME_NO_CACHE", "1");
        uploader.SetVariable("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        uploader.LaunchWorker();
        uploader.LaunchWeb();
        await uploader.Ready();
        var before = await IsBanned(uploader, "198.51.100.1");

        // At once, as a clock steps: a file half written would be another time.
        await File.WriteAllTextAsync(clock + ".new", step, TestContext.Current.CancellationToken);
        File.Replace(clock + ".new", clock, destinationBackupFileName: null);
        await Until.True(
            () => Regex.IsMatch(uploader.Worker!.Output, inTheLog, RegexOptions.CultureInvariant, Limit), Limit, "the worker notices the step");
        var took = await IsBanned(uploader, "198.51.100.2");
        TestContext.Current.TestOutputHelper?.WriteLine($"banned {took.TotalMilliseconds:F0} ms after the first failure, {before.TotalMilliseconds:F0} ms before the step");
        using var sender = new Sender(uploader, "192.0.2.1");
        var (status, receipt) = await sender.Upload(Bytes.Png());
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.True(receipt!.IsWhole(uploader));
    }

    private static async Task<TimeSpan> IsBanned(LiveUploader uploader, string address)
    {
        using var guesser = new Sender(uploader, address, "wrong");
        var since = Stopwatch.GetTimestamp();
        await Until.True(async () => await guesser.Knock() == HttpStatusCode.Forbidden, Limit, $"{address} is banned");
        return Stopwatch.GetElapsedTime(since);
    }
}
