using System.Collections;
using System.Reflection;
using LiteDB;
using Support.Ledger;
using Uploader.Shared.Addresses;

namespace Shared.Tests.Ledger;

public sealed class WhereTests : IDisposable
{
    private readonly TempLedger _ledger = new();

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public void Asking_for_ever_new_values_makes_LiteDB_keep_nothing()
    {
        AskFor(0);
        var kept = Compiled();

        for (var i = 1; i < 50; i++)
            AskFor(i);

        Assert.Equal(kept, Compiled());
    }

    private void AskFor(int i) => _ledger.File.Run(ledger =>
    {
        ledger.Failures.Append([Some.Failure(i)]);
        ledger.Bans.Insert(Some.Ban($"203.0.113.{i}"));
        ledger.Bans.Of(Cidr.Parse($"198.51.100.{i}"));
        ledger.Bans.Lift(Cidr.Parse($"203.0.113.{i}"), 1500 + i);
        ledger.Bans.EndingAfter(i, 10);
        ledger.Bans.Adopt(i, 10);
        ledger.Bans.Trim(i, 10);
        ledger.Failures.Trim(i, 1000 + i, 1000, 10);
        ledger.Failures.Find(i);
        return ledger.Bans.ChangedSince(i).Count() + ledger.Failures.After(i, 10).Count() + ledger.Failures.Backwards(i, 10).Count();
    });

    /// <summary>LiteDB says how much it keeps only to whoever looks inside. Other tests ask other things at the same time, but all through the same few texts.</summary>
    private static int Compiled() => ((string[])["_cacheScalar", "_cacheEnumerable"])
        .Sum(name => ((ICollection)typeof(BsonExpression).GetField(name, BindingFlags.NonPublic | BindingFlags.Static)!.GetValue(null)!).Count);
}
