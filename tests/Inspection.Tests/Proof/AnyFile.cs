using System.Collections.Frozen;
using Uploader.Inspection;
using Uploader.Inspection.Reading;

namespace Inspection.Tests.Proof;

/// <summary>
/// What holds of the inspection of any bytes whatever: it throws nothing, passes no bound, says the same in whatever pieces they come, and refuses the same
/// in whatever blocks it looks at them. The tests look for what breaks it by changing samples, and <c>fuzz/</c> by what a change reaches.
/// </summary>
internal static class AnyFile
{
    /// <summary>In all, of which an inspection may hold an eighth at a time: inflaters of a thousand small texts are garbage one after the other.</summary>
    private const long MaxAllocated = 8 << 20;

    // Off and on the way out of a parser there is more to get wrong than at the first breach: the second policy lets every parser go as far as it can.
    private static readonly InspectionPolicy[] Policies =
    [
        InspectionPolicy.Default,
        new() { Modes = Rules.Choosable.ToFrozenDictionary(rule => rule.Code, _ => RuleMode.Report) },
    ];

    /// <exception cref="BrokenClaimException">Something of it does not hold.</exception>
    public static void Holds(FileType type, byte[] file)
    {
        foreach (var policy in Policies)
        {
            var whole = Judge(type, policy, file, static () => int.MaxValue);
            var pieces = Judge(type, policy, file, new Sizes(file).Next);
            if (whole.ToString() != pieces.ToString())
                throw new BrokenClaimException($"in one piece: {whole}; in pieces: {pieces}");
            var blocks = Judge(type, policy with { Block = new Sizes(file).Next() }, file, static () => int.MaxValue);
            if (!Agree(whole, blocks))
                throw new BrokenClaimException($"in large blocks: {whole}; in small blocks: {blocks}");
        }
    }

    private static Verdict Judge(FileType type, InspectionPolicy policy, byte[] file, Func<int> next)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var bytes = FileBytes.Of(file);
        var inspector = type.Inspector(policy);
        for (var at = 0; at < file.Length && inspector.Refusal is null;)
        {
            var size = Math.Min(next(), file.Length - at);
            inspector.Feed(file.AsSpan(at, size));
            at += size;
        }

        if (inspector.Refusal is null)
            inspector.Conclude(bytes);
        if (GC.GetAllocatedBytesForCurrentThread() - before is > MaxAllocated and var allocated)
            throw new BrokenClaimException($"{allocated} bytes were allocated");
        if (bytes.Read > MaxRead(policy, file))
            throw new BrokenClaimException($"{bytes.Read} bytes were read of {file.Length}");
        return new(inspector.Refusal, inspector.Reports);
    }

    // What the parsers may read, and the two windows in which other formats are looked for at last.
    private static long MaxRead(InspectionPolicy policy, byte[] file) => (long)policy.MaxReadings * file.Length + (1 << 20) + 2 * FileBytes.Window;

    // What is hostile is looked for in a whole block, before its structure is or after: which of the two is told depends on how far the block reaches.
    private static bool Agree(Verdict one, Verdict other) =>
        one.Structural.SetEquals(other.Structural)
        && (one.Refusal?.Rule == other.Refusal?.Rule || (one.Refusal, other.Refusal) is ({ Rule.IsHostile: true }, not null) or (not null, { Rule.IsHostile: true }));

    private sealed record Verdict(Breach? Refusal, IReadOnlyList<Breach> Reports)
    {
        public HashSet<Rule> Structural => [.. Reports.Select(breach => breach.Rule).Where(rule => !rule.IsHostile)];

        public override string ToString() => $"{Refusal?.ToString() ?? "nothing"}, reported: {string.Join("; ", Reports)}";
    }

    /// <summary>Sizes of pieces that come from the file itself, so that a find needs nothing but its bytes to be found again.</summary>
    private sealed class Sizes
    {
        private readonly int _most;
        private uint _state;

        public Sizes(byte[] file)
        {
            _state = System.IO.Hashing.XxHash32.HashToUInt32(file) | 1;
            _most = 1 << (int)(_state % 13);
        }

        public int Next()
        {
            _state ^= _state << 13;
            _state ^= _state >> 17;
            _state ^= _state << 5;
            return 1 + (int)(_state % (uint)_most);
        }
    }
}

/// <summary>What holds of any file does not hold of one.</summary>
internal sealed class BrokenClaimException(string message) : Exception(message);
