using System.Buffers;

namespace Uploader.Inspection.Pdf;

/// <summary>The three kinds of characters, ISO 32000-1, 7.2.2.</summary>
internal static class Characters
{
    public static readonly SearchValues<byte> WhiteSpace = SearchValues.Create("\0\t\n\f\r "u8);
    public static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n"u8);
    public static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);
    public static readonly SearchValues<byte> StringMarks = SearchValues.Create("()\\"u8);
    public static readonly SearchValues<byte> InHexStrings = SearchValues.Create("\0\t\n\f\r 0123456789ABCDEFabcdef"u8);

    private static readonly SearchValues<byte> Delimiters = SearchValues.Create("()<>[]{}/%"u8);

    public static bool IsWhiteSpace(int b) => b is 0 or '\t' or '\n' or '\f' or '\r' or ' ';

    public static bool IsDigit(int b) => b is >= '0' and <= '9';

    public static bool IsRegular(int b) => b > ' ' ? !Delimiters.Contains((byte)b) : b >= 0 && !IsWhiteSpace(b);
}
