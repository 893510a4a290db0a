using Support;

namespace Uploader.Bench;

/// <summary>Uploads that stay in flight until the process is ended: each has sent a good part as fast as it could and goes on slowly.</summary>
internal static class SlowUploads
{
    private const int FileSize = 40 << 20;
    private const int SentAtOnce = 1 << 20;
    private const int SentEachSecond = 8 << 10; // Twice Limits:MinDataRate.

    public static async Task Hold(Target target, int uploads)
    {
        var wires = Enumerable.Range(0, uploads).Select(_ => new Wire(target.Server)).ToArray();
        var file = Bytes.Png(FileSize);
        var begin = target.UploadBegin("203.0.113.7", file, SentAtOnce);
        await Task.WhenAll(wires.Select(wire => wire.Send(begin)));
        Console.WriteLine($"{uploads} in flight");

        var sent = SentAtOnce;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await timer.WaitForNextTickAsync())
        {
            foreach (var wire in wires)
                await wire.Send(file.AsMemory(sent, SentEachSecond));
            sent += SentEachSecond;
        }
    }
}
