namespace Inspection.Tests.Samples;

/// <summary>How archives begin that are found by that.</summary>
internal static class Archived
{
    /// <summary>An entry of one byte, stored.</summary>
    public static byte[] Zip => [.. "PK\x03\x04"u8, 10, 0, 0, 0, 0, 0, 0, 0, 0x21, 0, 1, 2, 3, 4, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, .. "ab"u8];

    /// <summary>Version 1.3, of one folder and one file.</summary>
    public static byte[] Cabinet => [.. "MSCF"u8, 0, 0, 0, 0, 99, 0, 0, 0, 0, 0, 0, 0, 44, 0, 0, 0, 0, 0, 0, 0, 3, 1, 1, 0, 1, 0, .. new byte[70]];

    public static byte[] Wim => [.. "MSWIM\0\0\0"u8, 208, 0, 0, 0, .. new byte[196]];

    /// <summary>Nullsoft's, without the program in front of it.</summary>
    public static byte[] Installer => [0, 0, 0, 0, 0xEF, 0xBE, 0xAD, 0xDE, .. "NullsoftInst"u8, .. new byte[100]];

    /// <summary>A PDF without header and cross-reference, which readers mend.</summary>
    public static byte[] Pdf => [.. "\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\ntrailer\n<</Root 1 0 R>>\n"u8];

    /// <summary>The file with the sum of its first 512 bytes where a tar's header has it: all that older readers ask for.</summary>
    public static byte[] AsTar(byte[] file)
    {
        "        "u8.CopyTo(file.AsSpan(148));
        System.Text.Encoding.ASCII.GetBytes(Convert.ToString(file.Take(512).Sum(b => b), 8).PadLeft(6, '0') + "\0 ").CopyTo(file, 148);
        return file;
    }
}
