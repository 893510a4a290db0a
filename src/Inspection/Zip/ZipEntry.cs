namespace Uploader.Inspection.Zip;

/// <summary>One entry, as the central directory has it.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Offset">Of its local header.</param>
/// <param name="Packed">Bytes in the file.</param>
/// <param name="Size">Bytes when unpacked.</param>
/// <param name="Crc">CRC-32 of what is unpacked.</param>
/// <param name="Flags">General purpose bits.</param>
/// <param name="Method">Of compression.</param>
internal readonly record struct ZipEntry(string Name, long Offset, long Packed, long Size, uint Crc, ZipFlags Flags, ZipMethod Method)
{
    public bool IsDirectory => Name.EndsWith('/');
}

/// <summary>General purpose bits (APPNOTE 4.4.4).</summary>
[Flags]
internal enum ZipFlags : ushort
{
    None = 0,
    Encrypted = 1 << 0,

    /// <summary>With the next: how hard the packer tried.</summary>
    Hard = 1 << 1,

    Fast = 1 << 2,

    /// <summary>Checksum and sizes follow the data.</summary>
    Descriptor = 1 << 3,

    StronglyEncrypted = 1 << 6,
    Utf8 = 1 << 11,

    /// <summary>The directory is encrypted, and local headers are blank.</summary>
    Masked = 1 << 13,
}

/// <summary>The methods of compression that are accepted (APPNOTE 4.4.5): the two that OPC allows (ISO/IEC 29500-2, annex C).</summary>
internal enum ZipMethod : ushort
{
    Stored = 0,
    Deflate = 8,
}
