namespace Uploader.Inspection.Jpeg;

/// <summary>The second bytes of markers, of which the first is FF. ITU-T T.81, table B.1.</summary>
internal static class Markers
{
    /// <summary>The first.</summary>
    public const byte Prefix = 0xFF;

    public const byte Temporary = 0x01;
    public const byte BaselineFrame = 0xC0;
    public const byte ExtendedFrame = 0xC1;
    public const byte ProgressiveFrame = 0xC2;
    public const byte HuffmanTables = 0xC4;
    public const byte ArithmeticFrame = 0xC9;
    public const byte ArithmeticProgressiveFrame = 0xCA;
    public const byte ArithmeticConditioning = 0xCC;
    public const byte FirstRestart = 0xD0;
    public const byte LastRestart = 0xD7;
    public const byte StartOfImage = 0xD8;
    public const byte EndOfImage = 0xD9;
    public const byte StartOfScan = 0xDA;
    public const byte QuantizationTables = 0xDB;
    public const byte NumberOfLines = 0xDC;
    public const byte RestartInterval = 0xDD;
    public const byte FirstApplication = 0xE0;
    public const byte Exif = 0xE1;
    public const byte Profile = 0xE2;
    public const byte Adobe = 0xEE;
    public const byte LastApplication = 0xEF;
    public const byte Comment = 0xFE;

    public static bool IsRestart(byte marker) => marker is >= FirstRestart and <= LastRestart;

    /// <summary>Has no length and no content.</summary>
    public static bool IsAlone(byte marker) => marker is Temporary or >= FirstRestart and <= EndOfImage;

    /// <summary>What anybody may write anything into.</summary>
    public static bool IsFree(byte marker) => marker is >= FirstApplication and <= LastApplication or Comment;

    /// <summary>Of a kind that common readers show: not lossless, not hierarchical.</summary>
    public static bool IsFrame(byte marker) =>
        marker is BaselineFrame or ExtendedFrame or ProgressiveFrame or ArithmeticFrame or ArithmeticProgressiveFrame;
}
