using System.Diagnostics;
using System.Security.Cryptography;
using Uploader.Inspection;
using Uploader.Inspection.Reading;

namespace Uploader.Bench;

/// <summary>What inspection takes of an upload's time, beside what hashing the same bytes takes.</summary>
internal static class InspectionShare
{
    /// <summary>As an upload feeds it.</summary>
    private const int Piece = 64 << 10;

    private const int Created = 201;
    private const string Customer = "203.0.113.7";

    private static readonly (string Name, int Bytes)[] Sizes = [("16 KiB", 16 << 10), ("1 MiB", 1 << 20), ("50 MiB", 50_000_000)];

    public static async Task Run(Target target, int rounds)
    {
        Console.WriteLine($"{"",-18}{"inspection ms",15}{"SHA-256 ms",12}{"ratio",8}{"upload ms",12}{"share",9}");
        foreach (var (extension, make) in BenchFiles.ByExtension)
        {
            foreach (var (name, bytes) in Sizes)
                await Measure(target, extension, name, make(bytes), bytes < Piece ? rounds * 50 : rounds);
        }
    }

    private static async Task Measure(Target target, string extension, string size, byte[] file, int rounds)
    {
        using var wire = new Wire(target.Server);
        var request = target.Upload(Customer, extension, file);
        var (inspections, hashes, uploads) = (new Times(), new Times(), new Times());

        // All three in turn; the first rounds are for what is made once.
        for (var round = -Math.Max(3, rounds / 4); round < rounds; round++)
        {
            var inspection = Time(() => Inspect(extension, file));
            var hash = Time(() => SHA256.HashData(file));
            var began = Stopwatch.GetTimestamp();
            if (await wire.Ask(request) is not Created and var status)
                throw new InvalidOperationException($"The .{extension} of {size} was answered {status}.");
            if (round < 0)
                continue;
            uploads.Add(Stopwatch.GetElapsedTime(began));
            inspections.Add(inspection);
            hashes.Add(hash);
        }

        Console.WriteLine(
            $"  {$"{extension}, {size}",-16}{inspections.Median,15:N3}{hashes.Median,12:N3}{inspections.Median / hashes.Median,8:N2}{uploads.Median,12:N3}{inspections.Median / uploads.Median,9:P1}");
    }

    private static TimeSpan Time(Action work)
    {
        var began = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(began);
    }

    private static void Inspect(string extension, byte[] file)
    {
        if (!FileTypes.TryFind(extension, out var type))
            throw new InvalidOperationException($"There is no .{extension}.");
        var inspector = type.Inspector(InspectionPolicy.Default);
        for (var at = 0; at < file.Length; at += Piece)
            inspector.Feed(file.AsSpan(at, Math.Min(Piece, file.Length - at)));
        if (inspector.Conclude(FileBytes.Of(file)) is { } breach)
            throw new InvalidOperationException($"The .{extension} is refused: {breach}.");
    }
}
