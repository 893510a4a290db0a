using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using Uploader.Shared.Ledger;
using Uploader.Web.Refusals;
using Uploader.Web.Reporting;

namespace Web.Tests.Reporting;

public sealed class TallyTests
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-03-01T12:00:00Z");
    private static readonly long Minute = Noon.ToUnixTimeSeconds() / 60;

    private readonly FakeTimeProvider _time = new(Noon);
    private readonly Tally _tally;

    public TallyTests() => _tally = new Tally(_time);

    [Fact]
    public void What_comes_in_is_counted_by_the_minute_and_by_its_code()
    {
        _tally.Stored(100);
        _tally.Stored(50);
        _tally.Refused(Catalogue.BadKey);
        _time.Advance(TimeSpan.FromMinutes(2));
        // As a stage refuses: the same code in other words.
        _tally.Refused(Catalogue.TooLarge.Because("of its size"));
        _tally.Refused(Catalogue.TooLarge);
        _tally.Faulted();

        Assert.Equal([$"{Minute} 2 150 0 bad-key=1", $"{Minute + 2} 0 0 1 too-large=2"], Written());
    }

    [Fact]
    public void After_an_hour_it_is_forgotten()
    {
        _tally.Stored(1);
        _time.Advance(TimeSpan.FromMinutes(59));
        _tally.Stored(2);
        Assert.Equal(2, _tally.LastHour().Length);

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([2L], _tally.LastHour().Select(minute => minute.Bytes));

        _time.Advance(TimeSpan.FromHours(3));
        _tally.Stored(3);
        Assert.Equal([3L], _tally.LastHour().Select(minute => minute.Bytes));
    }

    [Fact]
    public void A_clock_that_is_set_back_shows_nothing_of_the_future()
    {
        _tally.Stored(1);
        var back = new FakeTimeProvider(Noon.AddMinutes(-30));
        var after = new Tally(back);
        after.Add(_tally.LastHour());

        Assert.Empty(after.LastHour());
    }

    [Fact]
    public void What_the_process_before_counted_is_added_to_what_came_since()
    {
        _tally.Stored(1);
        _tally.Add([new(Minute, 2, 10, 1, Codes("bad-key", 3)), new(Minute - 59, 1, 5, 0, []), new(Minute - 60, 9, 9, 9, []), new(Minute - 1, 0, 0, 0, Codes("of-another-version", 1))]);

        Assert.Equal([$"{Minute - 59} 1 5 0 ", $"{Minute} 3 11 1 bad-key=3"], Written());
    }

    [Fact]
    public void Counting_allocates_nothing()
    {
        var refusal = Catalogue.RateLimited.RetryIn(TimeSpan.FromSeconds(1));
        Count();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            Count();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Count()
        {
            _tally.Refused(refusal);
            _tally.Stored(1);
            _tally.Faulted();
        }
    }

    [Fact]
    public void Many_at_once_are_all_counted()
    {
        Parallel.For(0, 100_000, _ => _tally.Refused(Catalogue.Banned));

        Assert.Equal((100_000L, 100_000L), (_tally.LastHour().Sum(minute => minute.Refusals["banned"]), _tally.Changes));
    }

    private static ImmutableDictionary<string, long> Codes(string code, long count) => ImmutableDictionary<string, long>.Empty.Add(code, count);

    private IEnumerable<string> Written() => _tally.LastHour().Select(minute =>
        $"{minute.Minute} {minute.Uploads} {minute.Bytes} {minute.Faults} {string.Join(' ', minute.Refusals.Select(refusal => $"{refusal.Key}={refusal.Value}"))}");
}
