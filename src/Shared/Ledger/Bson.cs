using LiteDB;

namespace Uploader.Shared.Ledger;

/// <summary>
/// Reads a field that an operator's hand may have written: a number of any width, a missing one. LiteDB's own <c>AsInt64</c> throws on a string, and
/// one odd row must not stop every sweep.
/// </summary>
internal static class Bson
{
    public static long Long(BsonValue value, long otherwise = 0) => value.Type switch
    {
        BsonType.Int32 => value.AsInt32,
        BsonType.Int64 => value.AsInt64,
        // The cast saturates: 1e300 is long.MaxValue, which means for ever.
        BsonType.Double => (long)value.AsDouble,
        BsonType.Decimal => value.AsDecimal is >= long.MinValue and <= long.MaxValue and var d ? (long)d : long.MaxValue,
        BsonType.DateTime => new DateTimeOffset(value.AsDateTime.ToUniversalTime()).ToUnixTimeMilliseconds(),
        _ => otherwise,
    };

    public static int Int(BsonValue value) => (int)Math.Clamp(Long(value), int.MinValue, int.MaxValue);

    public static string Text(BsonValue value) => value.IsString ? value.AsString : "";
}
