using Support.Ledger;
using Uploader.Shared.Ledger;

namespace Shared.Tests.Ledger;

public sealed class FailureBookTests : IDisposable
{
    private readonly TempLedger _ledger = new();

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public void Numbers_go_on_after_everything_was_trimmed()
    {
        Append(1000, 1001, 1002);
        _ledger.File.Run(ledger => ledger.Failures.Trim(9999, long.MaxValue, 100, 10));

        Append(1003);

        Assert.Equal([4], Ids());
    }

    [Fact]
    public void It_is_read_from_a_number_on_and_backwards()
    {
        Append(1000, 1001, 1002, 1003);

        Assert.Equal([2, 3], _ledger.File.Run(ledger => ledger.Failures.After(1, 2).Select(row => row.Id).ToList()));
        Assert.Equal([3, 2], _ledger.File.Run(ledger => ledger.Failures.Backwards(3, 2).Select(row => row.Id).ToList()));
        Assert.Equal(1002, _ledger.File.Run(ledger => ledger.Failures.Find(3))!.Value.AtSeconds);
    }

    [Theory]
    [InlineData("10 20 30 40", 25, 100, 3, "30 40")]
    [InlineData("10 20 30 40", 0, 100, 3, "10 20 30 40")]
    [InlineData("10 20 30 40", 0, 3, 1, "20 30 40")]
    [InlineData("10 20 30 40", 25, 1, 3, "40")]
    [InlineData("900 20 30 40", 25, 100, 3, "30 40")]
    [InlineData("30 10 40", 25, 100, 3, "30 10 40")]
    public void It_is_trimmed_by_age_and_by_number_and_a_wrong_clock_holds_up_nothing(string at, long before, long keep, int limit, string kept)
    {
        Append([.. at.Split(' ').Select(long.Parse)]);

        while (_ledger.File.Run(ledger => ledger.Failures.Trim(before, 500, keep, limit)) == limit)
        {
            // As LedgerTrim does.
        }

        Assert.Equal(kept, string.Join(' ', _ledger.File.Run(ledger => ledger.Failures.After(0, 100).Select(row => row.AtSeconds).ToList())));
    }

    private void Append(params long[] at) => _ledger.File.Run(ledger => ledger.Failures.Append(at.Select(second => Some.Failure(second))));

    private List<long> Ids() => _ledger.File.Run(ledger => ledger.Failures.After(0, 100).Select(row => row.Id).ToList());
}
