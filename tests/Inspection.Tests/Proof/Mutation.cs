using System.Buffers.Binary;
using CsCheck;

namespace Inspection.Tests.Proof;

/// <summary>A few changes to a file, of the kinds that fuzzers have found worth making: bits, bytes, numbers, and ranges removed, doubled, moved or cut off.</summary>
internal static class Mutation
{
    private const int MostChanges = 6;
    private const int LongestRange = 512;

    private static readonly uint[] Numbers = [0, 1, 7, 8, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFF0, 0xFFFF_FFFF];

    /// <summary>The same each time for the same random numbers.</summary>
    public static byte[] Of(byte[] file, PCG random)
    {
        for (var left = 1 + random.Next(MostChanges); left > 0 && file.Length > 4; left--)
            file = Changed(file, random);
        return file;
    }

    private static byte[] Changed(byte[] file, PCG random)
    {
        var at = Place(file.Length, random);
        var end = at + Math.Min(file.Length - at, 1 + (int)random.Next(LongestRange));
        return random.Next(9) switch
        {
            0 => With(file, at, [(byte)(file[at] ^ (1 << (int)random.Next(8)))]),
            1 => With(file, at, [(byte)random.Next(256)]),
            2 => With(file, at, Number(random, 4, BinaryPrimitives.WriteUInt32BigEndian)),
            3 => With(file, at, Number(random, 4, BinaryPrimitives.WriteUInt32LittleEndian)),
            4 => With(file, at, Number(random, 2, (into, number) => BinaryPrimitives.WriteUInt16BigEndian(into, (ushort)number))),
            5 => [.. file.AsSpan(0, at), .. file.AsSpan(end)],
            6 => [.. file.AsSpan(0, end), .. file.AsSpan(at)],
            7 => With(file, Place(file.Length, random), file.AsSpan(at, end - at)),
            _ => random.Next(4) == 0 ? file[..at] : [.. file.AsSpan(0, at), (byte)random.Next(256), .. file.AsSpan(at)],
        };
    }

    // Structure is thickest at both ends.
    private static int Place(int length, PCG random) => random.Next(4) switch
    {
        0 => (int)random.Next((uint)Math.Min(length, 256)),
        1 => length - 1 - (int)random.Next((uint)Math.Min(length, 256)),
        _ => (int)random.Next((uint)length),
    };

    private static byte[] With(byte[] file, int at, ReadOnlySpan<byte> bytes)
    {
        var changed = file.AsSpan().ToArray();
        bytes[..Math.Min(bytes.Length, changed.Length - at)].CopyTo(changed.AsSpan(at));
        return changed;
    }

    private static byte[] Number(PCG random, int size, Action<Span<byte>, uint> write)
    {
        var bytes = new byte[size];
        write(bytes, Numbers[random.Next((uint)Numbers.Length)]);
        return bytes;
    }
}
