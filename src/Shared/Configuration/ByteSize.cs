using System.Globalization;

namespace Uploader.Shared.Configuration;

/// <summary>Sizes as operators write them: <c>4096</c> (bytes), <c>64KiB</c>, <c>50MiB</c>, <c>1GiB</c>, <c>2TiB</c>.</summary>
internal static class ByteSize
{
    private static readonly (string Unit, long Length)[] Units = [("TiB", 1L << 40), ("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10), ("B", 1)];

    /// <summary><c>50MB</c> is refused: half of those who write it mean 1,000,000 and the other half 1,048,576.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        var trimmed = text.AsSpan().Trim();
        foreach (var (unit, length) in Units)
        {
            if (trimmed.EndsWith(unit, StringComparison.Ordinal))
                return TryScale(trimmed[..^unit.Length].TrimEnd(), length, out bytes);
        }

        return TryScale(trimmed, 1, out bytes);
    }

    public static string Write(long bytes)
    {
        foreach (var (unit, length) in Units)
        {
            if (bytes >= length && bytes % length == 0)
                return $"{bytes / length}{unit}";
        }

        return $"{bytes}B";
    }

    private static bool TryScale(ReadOnlySpan<char> digits, long unit, out long bytes)
    {
        bytes = 0;
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > long.MaxValue / unit)
            return false;
        bytes = count * unit;
        return true;
    }
}
