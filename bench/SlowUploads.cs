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
        var begin = target.UploadBegin("203.0.113.7", FileSize);
        var filling = new byte[SentAtOnce];
        await Task.WhenAll(wires.Select(async wire =>
        {
            await wire.Send(begin);
            await wire.Send(filling);
        }));
        Console.WriteLine($"{uploads} in flight");

        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await timer.WaitForNextTickAsync())
        {
            foreach (var wire in wires)
                await wire.Send(filling.AsMemory(0, SentEachSecond));
        }
    }
}
