using System.Buffers.Binary;

namespace Uploader.Inspection.Zip;

/// <summary>Numbers of a ZIP record, least significant byte first.</summary>
internal static class Little
{
    public static ushort U16(ReadOnlySpan<byte> record, int at) => BinaryPrimitives.ReadUInt16LittleEndian(record[at..]);

    public static uint U32(ReadOnlySpan<byte> record, int at) => BinaryPrimitives.ReadUInt32LittleEndian(record[at..]);

    public static ulong U64(ReadOnlySpan<byte> record, int at) => BinaryPrimitives.ReadUInt64LittleEndian(record[at..]);
}
