using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace Inspection.Tests.Samples;

/// <summary>One entry of a ZIP file that a test writes; each thing that it says can be a lie.</summary>
internal sealed record ZipPart(string Name, byte[] Content)
{
    public ZipPart(string name, string content)
        : this(name, Encoding.UTF8.GetBytes(content))
    {
    }

    public bool IsStored { get; init; }

    public int Flags { get; init; }

    public int? Method { get; init; }

    public uint Attributes { get; init; }

    public byte[] RawName { get; init; } = Encoding.UTF8.GetBytes(Name);

    public byte[]? LocalName { get; init; }

    public byte[] Extra { get; init; } = [];

    public byte[] LocalExtra { get; init; } = [];

    public string Comment { get; init; } = "";

    /// <summary>Null: as <see cref="Content"/> packs.</summary>
    public byte[]? Packed { get; init; }

    public uint? Crc { get; init; }

    public uint? Size { get; init; }

    /// <summary>Changes the local header.</summary>
    public Action<byte[]>? Local { get; init; }

    /// <summary>Changes the directory's header.</summary>
    public Action<byte[]>? Central { get; init; }

    /// <summary>What follows the packed bytes.</summary>
    public Func<ZipPart, byte[]>? Descriptor { get; init; }

    /// <summary>In the file only, not in its directory.</summary>
    public bool IsHidden { get; init; }

    public byte[] PackedBytes => Packed ?? (IsStored ? Content : Deflate(Content));

    public uint CrcWritten => Crc ?? Crc32.HashToUInt32(Content);

    public uint SizeWritten => Size ?? (uint)Content.Length;

    public int MethodWritten => Method ?? (IsStored ? 0 : 8);

    public static byte[] Deflate(byte[] content)
    {
        var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.SmallestSize))
            deflate.Write(content);
        return packed.ToArray();
    }

    /// <summary>As APPNOTE 4.3.9 recommends it.</summary>
    public static byte[] SignedDescriptor(ZipPart part) => [.. "PK\x07\x08"u8, .. BareDescriptor(part)];

    public static byte[] BareDescriptor(ZipPart part)
    {
        var descriptor = new byte[12];
        BinaryPrimitives.WriteUInt32LittleEndian(descriptor, part.CrcWritten);
        BinaryPrimitives.WriteUInt32LittleEndian(descriptor.AsSpan(4), (uint)part.PackedBytes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(descriptor.AsSpan(8), part.SizeWritten);
        return descriptor;
    }
}

/// <summary>Writes ZIP files, right ones and wrong ones.</summary>
internal static class ZipBuilder
{
    /// <param name="parts">In the order in which they lie in the file.</param>
    /// <param name="gap">Between the entries and the directory.</param>
    /// <param name="end">Changes the end record.</param>
    /// <param name="before">Between the directory and the end record.</param>
    public static byte[] Write(IEnumerable<ZipPart> parts, byte[]? gap = null, Action<byte[]>? end = null, byte[]? before = null)
    {
        var file = new MemoryStream();
        var directory = new MemoryStream();
        var count = 0;
        foreach (var part in parts)
        {
            if (!part.IsHidden)
            {
                directory.Write(Central(part, (uint)file.Position));
                count++;
            }

            file.Write(Local(part));
        }

        file.Write(gap ?? []);
        var start = file.Position;
        file.Write(directory.ToArray());
        file.Write(before ?? []);
        byte[] record = [.. "PK\x05\x06"u8, .. new byte[18]];
        Put16(record, 8, count);
        Put16(record, 10, count);
        Put32(record, 12, (uint)directory.Length);
        Put32(record, 16, (uint)start);
        end?.Invoke(record);
        file.Write(record);
        return file.ToArray();
    }

    public static void Put16(byte[] record, int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(at), (ushort)value);

    public static void Put32(byte[] record, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(at), value);

    public static byte[] ExtraField(int id, params byte[] content) =>
        [(byte)id, (byte)(id >> 8), (byte)content.Length, (byte)(content.Length >> 8), .. content];

    private static byte[] Local(ZipPart part)
    {
        var name = part.LocalName ?? part.RawName;
        byte[] header = [.. "PK\x03\x04"u8, 20, 0, .. new byte[24]];
        Put16(header, 6, part.Flags);
        Put16(header, 8, part.MethodWritten);
        if ((part.Flags & 8) == 0)
        {
            Put32(header, 14, part.CrcWritten);
            Put32(header, 18, (uint)part.PackedBytes.Length);
            Put32(header, 22, part.SizeWritten);
        }

        Put16(header, 26, name.Length);
        Put16(header, 28, part.LocalExtra.Length);
        part.Local?.Invoke(header);
        return [.. header, .. name, .. part.LocalExtra, .. part.PackedBytes, .. part.Descriptor?.Invoke(part) ?? []];
    }

    private static byte[] Central(ZipPart part, uint offset)
    {
        byte[] header = [.. "PK\x01\x02"u8, 20, 0, 20, 0, .. new byte[38]];
        Put16(header, 8, part.Flags);
        Put16(header, 10, part.MethodWritten);
        Put32(header, 16, part.CrcWritten);
        Put32(header, 20, (uint)part.PackedBytes.Length);
        Put32(header, 24, part.SizeWritten);
        Put16(header, 28, part.RawName.Length);
        Put16(header, 30, part.Extra.Length);
        Put16(header, 32, part.Comment.Length);
        Put32(header, 38, part.Attributes);
        Put32(header, 42, offset);
        part.Central?.Invoke(header);
        return [.. header, .. part.RawName, .. part.Extra, .. Encoding.ASCII.GetBytes(part.Comment)];
    }
}
