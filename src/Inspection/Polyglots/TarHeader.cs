using System.Buffers.Binary;

namespace Uploader.Inspection.Polyglots;

/// <summary>
/// The first header of a tar archive. Its magic is POSIX's: the older ones have none, and readers know a header by the sum of its bytes (POSIX pax, ustar), with
/// which a film or a picture begins only on purpose.
/// </summary>
internal static class TarHeader
{
    public const int Length = 512;

    private const int SumAt = 148;
    private const int SumLength = 8;
    private const int MagicAt = 257;

    /// <param name="block">A file's first bytes.</param>
    public static bool Is(ReadOnlySpan<byte> block) => block.Length > MagicAt && (block[MagicAt..].StartsWith("ustar"u8) || (block.Length >= Length && HasItsSum(block[..Length])));

    private static bool HasItsSum(ReadOnlySpan<byte> header)
    {
        // The sum itself counts as spaces. Some added signed bytes.
        var (sum, signed) = (SumLength * ' ', SumLength * ' ');
        foreach (var b in header[..SumAt])
            (sum, signed) = (sum + b, signed + (sbyte)b);
        foreach (var b in header[(SumAt + SumLength)..])
            (sum, signed) = (sum + b, signed + (sbyte)b);
        var field = header.Slice(SumAt, SumLength);
        return Says(field, sum) || Says(field, signed);
    }

    /// <summary>
    /// Some readers stop at the first sign that is no octal digit, others want a space or a zero; Python passes over <c>0o</c> and <c>_</c>, and takes a binary number.
    /// </summary>
    private static bool Says(ReadOnlySpan<byte> field, long number)
    {
        if (field[0] == 0x80)
            return (BinaryPrimitives.ReadInt64BigEndian(field) & long.MaxValue) == number;
        var (digits, value) = (0, 0L);
        foreach (var b in field)
        {
            if (b is >= (byte)'0' and <= (byte)'7')
                (digits, value) = (digits + 1, (value * 8) + b - '0');
            else if (digits > 0 && (value == number || b is 0 or (byte)' '))
                break;
        }

        return digits > 0 && value == number;
    }
}
