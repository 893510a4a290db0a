using Inspection.Tests.Samples;

namespace Inspection.Tests;

public sealed class SamplesTests
{
    public static TheoryData<string> Every => [.. AllSamples.Accepted.Concat(AllSamples.Refused).Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Every))]
    public void A_sample_gets_its_verdict_in_whatever_pieces_it_comes(string name)
    {
        var sample = AllSamples.Named(name);
        var bytes = sample.Bytes();
        int[] pieces = bytes.Length <= 256 << 10 ? [int.MaxValue, 64 << 10, 4093, 7, 1] : [int.MaxValue, 64 << 10, 4093];
        foreach (var piece in pieces)
        {
            var inspector = Inspected.Of(sample.Extension, bytes, piece);
            Assert.True(sample.Verdict == Inspected.Verdict(inspector), $"{sample} ({sample.What}), in pieces of {piece}, got {inspector.Refusal}");
        }
    }
}
