using Uploader.Inspection;
using Uploader.Inspection.Reading;

namespace Inspection.Tests;

/// <summary>Inspects a file as an upload does.</summary>
internal static class Inspected
{
    /// <param name="extension">What the file claims to be.</param>
    /// <param name="file">All of it.</param>
    /// <param name="piece">In pieces of so many bytes, and not in larger blocks.</param>
    /// <param name="policy">Null: what holds by default.</param>
    public static Inspector Of(string extension, byte[] file, int piece = int.MaxValue, InspectionPolicy? policy = null)
    {
        Assert.True(FileTypes.TryFind(extension, out var type));
        policy ??= InspectionPolicy.Default;
        var inspector = type.Inspector(policy with { Block = Math.Min(piece, policy.Block) });
        for (var at = 0; at < file.Length; at += Math.Min(piece, file.Length - at))
        {
            if (inspector.Feed(file.AsSpan(at, Math.Min(piece, file.Length - at))) is not null)
                return inspector;
        }

        inspector.Conclude(FileBytes.Of(file));
        return inspector;
    }

    public static string Verdict(Inspector inspector) => inspector.Refusal?.Rule.Code ?? Samples.Sample.Accepted;
}
