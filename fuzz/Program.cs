using System.Security.Cryptography;
using Inspection.Tests.Proof;
using Inspection.Tests.Samples;
using SharpFuzz;
using Uploader.Inspection;

// Called by scripts/fuzz.
const int MaxSeed = 64 << 10;

switch (args)
{
    // What afl-fuzz runs: a file on standard input.
    case ["judge", var extension]:
        // Nothing of the instrumented assembly may run before: where it counts is not there yet.
        Fuzzer.OutOfProcess.Run(stream =>
        {
            var file = new MemoryStream();
            stream.CopyTo(file);
            AnyFile.Holds(TypeOf(extension), Mended(extension, file.ToArray()));
        });
        return 0;

    // What it starts from: every sample of the format that is small enough.
    case ["seeds", var extension, var folder]:
        foreach (var sample in AllSamples.Accepted.Concat(AllSamples.Refused).Where(sample => sample.Extension == extension))
        {
            if (sample.Bytes() is { Length: > 0 and <= MaxSeed } bytes)
                File.WriteAllBytes(Path.Join(folder, sample.Name), bytes);
        }

        return 0;

    // What it found, as the inspection saw it, to where a test looks for it.
    case ["keep", var extension, var found, var folder]:
        var find = Mended(extension, File.ReadAllBytes(found));
        var kept = Path.Join(folder, $"{Convert.ToHexStringLower(SHA256.HashData(find))[..12]}.{extension}");
        File.WriteAllBytes(kept, find);
        Console.WriteLine(kept);
        try
        {
            AnyFile.Holds(TypeOf(extension), find);
            Console.WriteLine("  holds when tried alone: it took too long, or more stack than there is");
        }
        catch (Exception e)
        {
            Console.WriteLine($"  {e.GetType().Name}: {e.Message}{Environment.NewLine}{string.Join(Environment.NewLine, (e.StackTrace ?? "").Split('\n').Take(4))}");
        }

        return 0;

    default:
        await Console.Error.WriteLineAsync("Started by scripts/fuzz.");
        return 64;
}

static FileType TypeOf(string extension) => FileTypes.TryFind(extension, out var type) ? type : throw new ArgumentException($"No such format: {extension}", nameof(extension));

static byte[] Mended(string extension, byte[] file)
{
    Checksums.Mend(extension, file);
    return file;
}
