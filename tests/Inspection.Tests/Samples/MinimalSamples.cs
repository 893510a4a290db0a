using Support;
using Uploader.Inspection;

namespace Inspection.Tests.Samples;

/// <summary>The smallest files of each kind, and what is none of them.</summary>
internal static class MinimalSamples
{
    public static IEnumerable<Sample> All { get; } =
    [
        .. Bytes.ByExtension.Select(kind => new Sample($"minimal.{kind.Key}", Sample.Accepted, "what the other tests upload", () => kind.Value(5000, 1))),
        .. Bytes.ByExtension.Select(kind => new Sample($"empty.{kind.Key}", Rules.ContentMismatch.Code, "not a byte", () => [])),
        .. Bytes.ByExtension.Select(kind => new Sample($"php.{kind.Key}", Rules.ContentMismatch.Code, "a script by another name", () => [.. "<?php system($_GET['c']); ?>"u8])),
    ];
}
