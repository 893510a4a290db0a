namespace Uploader.Inspection.Jpeg;

/// <summary>Which tables there are so far. ITU-T T.81, B.2.4.</summary>
internal struct JpegTables
{
    /// <summary>For each kind of table.</summary>
    public const int Places = 4;

    private const int Coefficients = 64;
    private const int CodeLengths = 16;
    private const int MostCodes = 256;

    private int _quantization;
    private int _direct;
    private int _alternating;

    public readonly bool HasQuantization(int place) => (_quantization >> place & 1) != 0;

    /// <summary>Of a Huffman table for the first coefficient of each block.</summary>
    public readonly bool HasDirect(int place) => (_direct >> place & 1) != 0;

    /// <summary>Of one for the others.</summary>
    public readonly bool HasAlternating(int place) => (_alternating >> place & 1) != 0;

    /// <summary>No Huffman table at all: frames of Motion JPEG leave out the one of annex K, and readers know it.</summary>
    public readonly bool AreImplied => (_direct | _alternating) == 0;

    /// <summary>DQT.</summary>
    /// <returns>What is wrong with it; null: nothing.</returns>
    public string? AddQuantization(ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty)
        {
            var (precision, place) = (content[0] >> 4, content[0] & 0x0F);
            var length = 1 + Coefficients * (1 + precision);
            if (precision > 1 || place >= Places || content.Length < length)
                return "a quantization table that is none";
            _quantization |= 1 << place;
            content = content[length..];
        }

        return null;
    }

    /// <summary>DHT.</summary>
    public string? AddHuffman(ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty)
        {
            var (kind, place) = (content[0] >> 4, content[0] & 0x0F);
            if (kind > 1 || place >= Places || content.Length <= CodeLengths || CodesIn(content.Slice(1, CodeLengths)) is not { } codes
                || content.Length < 1 + CodeLengths + codes)
            {
                return "a Huffman table that is none";
            }

            if (kind == 0)
                _direct |= 1 << place;
            else
                _alternating |= 1 << place;
            content = content[(1 + CodeLengths + codes)..];
        }

        return null;
    }

    /// <summary>DAC.</summary>
    public static string? ArithmeticFault(ReadOnlySpan<byte> content)
    {
        for (; content.Length >= 2; content = content[2..])
        {
            var (kind, place, value) = (content[0] >> 4, content[0] & 0x0F, content[1]);
            if (kind > 1 || place >= Places || (kind == 0 ? (value & 0x0F) > value >> 4 : value is 0 or >= Coefficients))
                return "an arithmetic conditioning that is none";
        }

        return content.IsEmpty ? null : "an arithmetic conditioning of a wrong length";
    }

    /// <summary>Null: there are no such codes, of which none is all ones (annex C).</summary>
    private static int? CodesIn(ReadOnlySpan<byte> lengths)
    {
        var (codes, next) = (0, 0);
        for (var i = 0; i < lengths.Length; i++)
        {
            codes += lengths[i];
            next += lengths[i];
            if (next >= 2 << i || codes > MostCodes)
                return null;
            next <<= 1;
        }

        return codes;
    }
}
