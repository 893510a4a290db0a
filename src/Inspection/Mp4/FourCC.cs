using System.Buffers.Binary;
using System.Text;

namespace Uploader.Inspection.Mp4;

/// <summary>Four letters that name a box or a brand.</summary>
internal static class FourCC
{
    public static uint Of(string letters) => BinaryPrimitives.ReadUInt32BigEndian(Encoding.Latin1.GetBytes(letters));

    /// <summary>Whether it can be a box's name at all: ASCII, and the copyright sign that QuickTime's user data begin with.</summary>
    public static bool IsName(uint type)
    {
        for (var shift = 0; shift < 32; shift += 8)
        {
            if ((byte)(type >> shift) is not ((>= (byte)' ' and <= (byte)'~') or 0xA9))
                return false;
        }

        return true;
    }
}
