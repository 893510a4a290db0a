namespace Inspection.Tests.Samples;

/// <summary>How archives begin that are found by that.</summary>
internal static class Archived
{
    /// <summary>An entry of one byte, stored.</summary>
    public static byte[] Zip => [.. "PK\x03\x04"u8, 10, 0, 0, 0, 0, 0, 0, 0, 0x21, 0, 1, 2, 3, 4, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, .. "ab"u8];

    /// <summary>Version 1.3, of one folder and one file.</summary>
    public static byte[] Cabinet => [.. "MSCF"u8, 0, 0, 0, 0, 99, 0, 0, 0, 0, 0, 0, 0, 44, 0, 0, 0, 0, 0, 0, 0, 3, 1, 1, 0, 1, 0, .. new byte[70]];

    public static byte[] Wim => [.. "MSWIM\0\0\0"u8, 208, 0, 0, 0, .. new byte[196]];
}
