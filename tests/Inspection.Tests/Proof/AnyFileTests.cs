using CsCheck;
using Inspection.Tests.Samples;
using Support;
using Uploader.Inspection;

namespace Inspection.Tests.Proof;

public sealed class AnyFileTests
{
    // What scripts/test has time for: a sample is changed the more often the smaller it is. scripts/fuzz goes on from here.
    private const int BytesForASample = 256 << 10;
    private const int MostMutations = 40;

    public static TheoryData<string> Formats => ["jpg", "png", "pdf", "docx", "mp4"];

    public static TheoryData<string> Finds =>
        [.. Directory.EnumerateFiles(Checkout.Of("tests", "Samples", "found"), "*.*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Checkout.Root, file))];

    [Theory]
    [MemberData(nameof(Formats))]
    public void It_holds_for_every_sample_and_what_becomes_of_it_by_a_few_changes(string extension)
    {
        Assert.True(FileTypes.TryFind(extension, out var type));
        var random = new PCG(1, 1);
        var tried = 0;
        foreach (var sample in AllSamples.Accepted.Concat(AllSamples.Refused).Where(sample => sample.Extension == extension).OrderBy(sample => sample.Name, StringComparer.Ordinal))
        {
            var bytes = sample.Bytes();
            Holds(type, bytes, $"{sample}");
            for (var left = Math.Min(MostMutations, BytesForASample / (bytes.Length + 1)); left > 0; left--, tried++)
            {
                var changed = Mutation.Of(bytes, random);
                if (random.Next(4) > 0)
                    Checksums.Mend(extension, changed);
                Holds(type, changed, $"{sample}, changed");
            }
        }

        Assert.True(tried >= 40, $"only {tried} changed files were tried");
    }

    [Theory]
    [MemberData(nameof(Finds), DisableDiscoveryEnumeration = true)]
    public void It_holds_for_what_fuzzing_found(string file)
    {
        Assert.True(FileTypes.TryFindByName(file, out var type));
        Holds(type, File.ReadAllBytes(Checkout.Of(file)), file);
    }

    // With the file itself, for whoever has to mend it.
    private static void Holds(FileType type, byte[] file, string what)
    {
        try
        {
            AnyFile.Holds(type, file);
        }
        catch (Exception e)
        {
            Assert.Fail($"{what}: {e}{Environment.NewLine}base64 -d <<<'{Convert.ToBase64String(file.AsSpan(0, Math.Min(file.Length, 16 << 10)))}' >find.{type.Extension}");
        }
    }
}
