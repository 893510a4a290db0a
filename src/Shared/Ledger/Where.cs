using LiteDB;

namespace Uploader.Shared.Ledger;

/// <summary>The conditions the books ask by, each answered by an index and in its order.</summary>
/// <remarks>
/// Never LiteDB's own <c>Query.EQ</c> and its like: they write the value into the text of the expression, and LiteDB compiles every text it has not seen and keeps
/// it for ever. Measured: 1.1 ms and some kilobytes for each address asked for, against 14 µs and none with a parameter.
/// </remarks>
internal static class Where
{
    public static BsonExpression Is(string field, BsonValue value) => BsonExpression.Create($"$.{field} = @0", value);

    public static BsonExpression Above(string field, BsonValue value) => BsonExpression.Create($"$.{field} > @0", value);

    public static BsonExpression UpTo(string field, BsonValue value) => BsonExpression.Create($"$.{field} <= @0", value);

    public static BsonExpression Between(string field, BsonValue first, BsonValue last) => BsonExpression.Create($"$.{field} BETWEEN @0 AND @1", first, last);
}
