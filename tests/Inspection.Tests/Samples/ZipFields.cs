using System.Buffers.Binary;

namespace Inspection.Tests.Samples;

/// <summary>Which field of a good ZIP file each of its bytes belongs to, read anew (APPNOTE 4.3): what the inspector is compared with.</summary>
internal static class ZipFields
{
    public const string MadeBy = "made by", Version = "version", Time = "time", Internal = "internal attributes", External = "external attributes";
    public const string ExtraId = "id of an extra field", Extra = "extra field", Packed = "packed";

    /// <summary>The checksum and sizes of a local header, where a data descriptor has them.</summary>
    public const string Announced = "announced";

    private static readonly (string, int)[] Local =
        [("signature", 4), (Version, 2), ("flags", 2), ("method", 2), (Time, 4), ("crc", 4), ("size", 8), ("length", 4)];

    private static readonly (string, int)[] Central =
    [
        ("signature", 4), (MadeBy, 2), (Version, 2), ("flags", 2), ("method", 2), (Time, 4), ("crc", 4), ("size", 8), ("length", 6), ("disk", 2), (Internal, 2), (External, 4),
        ("offset", 4),
    ];

    private static readonly (string, int)[] Record64 = [("signature", 4), ("length", 8), (MadeBy, 2), (Version, 2), ("disk", 8), ("entries", 16), ("directory", 16)];

    /// <returns>A field's name for each byte; "other": end record, locator, data descriptors.</returns>
    public static string[] Of(byte[] file)
    {
        var fields = new string[file.Length];
        Array.Fill(fields, "other");
        var at = file.AsSpan().IndexOf("PK\x01\x02"u8);
        for (; file.AsSpan(at).StartsWith("PK\x01\x02"u8); at += 46 + U16(file, at + 28) + U16(file, at + 30))
        {
            Name(fields, at, Central);
            NameRest(file, fields, at + 46, U16(file, at + 28), U16(file, at + 30));
            var local = (int)BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 42));
            Name(fields, local, Local);
            if ((file[local + 6] & 8) != 0)
                fields.AsSpan(local + 14, 12).Fill(Announced);
            NameRest(file, fields, local + 30, U16(file, local + 26), U16(file, local + 28));
            var packed = local + 30 + U16(file, local + 26) + U16(file, local + 28);
            fields.AsSpan(packed, (int)BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 20)) is var length and >= 0 ? length : 0).Fill(Packed);
        }

        if (file.AsSpan(at).StartsWith("PK\x06\x06"u8))
            Name(fields, at, Record64);
        return fields;
    }

    private static void NameRest(byte[] file, string[] fields, int at, int name, int extra)
    {
        fields.AsSpan(at, name).Fill("name");
        for (int field = at + name, end = field + extra; field < end; field += 4 + U16(file, field + 2))
        {
            var isWide = U16(file, field) == 1;
            fields.AsSpan(field, 2).Fill(isWide ? "zip64" : ExtraId);
            fields.AsSpan(field + 2, 2).Fill("length");
            fields.AsSpan(field + 4, U16(file, field + 2)).Fill(isWide ? "zip64" : Extra);
        }
    }

    private static void Name(string[] fields, int at, (string Name, int Length)[] layout)
    {
        foreach (var (name, length) in layout)
        {
            fields.AsSpan(at, length).Fill(name);
            at += length;
        }
    }

    private static int U16(byte[] file, int at) => BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at));
}
