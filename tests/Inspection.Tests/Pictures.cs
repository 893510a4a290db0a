using CsCheck;
using Inspection.Tests.Samples;
using Uploader.Inspection;
using Uploader.Inspection.Reading;

namespace Inspection.Tests;

/// <summary>What the properties of picture formats share.</summary>
internal static class Pictures
{
    private const long MostAllocated = 1 << 20;

    /// <summary>All accepted samples of a kind.</summary>
    public static byte[][] Good(string extension) =>
        [.. AllSamples.Accepted.Where(sample => sample.Extension == extension).Select(sample => sample.Bytes()).Where(bytes => bytes.Length < 64 << 10)];

    public static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    public static byte[] With(byte[] file, int at, byte change)
    {
        file = [.. file];
        file[at] ^= change;
        return file;
    }

    /// <summary>Some bytes changed, some left out, some doubled.</summary>
    public static Gen<byte[]> Mutated(Gen<byte[]> files) => Gen.Select(files, Gen.Select(Gen.Double.Unit, Gen.Byte, Gen.Int[0, 5], Gen.Int[1, 30]).Array[1, 4]).Select(
        (file, mutations) => mutations.Aggregate(file, (bytes, mutation) =>
        {
            var (part, change, kind, count) = mutation;
            var at = (int)(bytes.Length * part);
            var end = Math.Min(bytes.Length, at + count);
            return kind switch
            {
                0 => [.. bytes.AsSpan(0, at), .. bytes.AsSpan(end)],
                1 => [.. bytes.AsSpan(0, end), .. bytes.AsSpan(at)],
                _ => at < bytes.Length ? With(bytes, at, change) : bytes,
            };
        }));

    /// <summary>Judged without an exception, the same in all pieces, and with no more memory and reading than an inspection may have.</summary>
    public static bool IsJudgedWithinBounds(string extension, byte[] bytes)
    {
        Assert.True(FileTypes.TryFind(extension, out var type));
        var file = FileBytes.Of(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var inspector = type.Inspector(InspectionPolicy.Default);
        if (inspector.Feed(bytes) is null)
            inspector.Conclude(file);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostAllocated);
        Assert.InRange(file.Read, 0, InspectionPolicy.Default.MaxReadings * (long)bytes.Length + MostAllocated);
        return new[] { 1, 7, 1000 }.All(piece => Inspected.Verdict(Inspected.Of(extension, bytes, piece)) == Inspected.Verdict(inspector));
    }
}
