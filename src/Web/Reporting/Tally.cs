using System.Collections.Frozen;
using System.Collections.Immutable;
using Uploader.Shared.Ledger;
using Uploader.Web.Refusals;

namespace Uploader.Web.Reporting;

/// <summary>Counts what came in during the last hour, minute by minute, for the operator. Counting allocates nothing and waits for nothing but a short lock.</summary>
internal sealed class Tally(TimeProvider time)
{
    private const int Minutes = 60;

    private static readonly FrozenDictionary<string, int> Columns =
        Catalogue.All.Select((refusal, i) => KeyValuePair.Create(refusal.Code, i)).ToFrozenDictionary(StringComparer.Ordinal);

    private readonly Lock _lock = new();
    private readonly Slot[] _slots = [.. Enumerable.Range(0, Minutes).Select(_ => new Slot())];
    private long _changes;

    /// <summary>Grows with everything that is counted.</summary>
    public long Changes => Interlocked.Read(ref _changes);

    public void Stored(long bytes)
    {
        lock (_lock)
        {
            var slot = SlotNow();
            slot.Uploads++;
            slot.Bytes += bytes;
        }
    }

    public void Refused(Refusal refusal)
    {
        if (!Columns.TryGetValue(refusal.Code, out var column))
            return;
        lock (_lock)
            SlotNow().Refusals[column]++;
    }

    public void Faulted()
    {
        lock (_lock)
            SlotNow().Faults++;
    }

    /// <summary>The minutes of the last hour in which something happened, the oldest first.</summary>
    public TallyMinute[] LastHour()
    {
        var now = MinuteNow();
        lock (_lock)
            return [.. _slots.Where(slot => IsOfLastHour(slot.Minute, now) && !slot.IsEmpty).OrderBy(slot => slot.Minute).Select(slot => slot.Read())];
    }

    /// <summary>Takes over what the process before this one counted.</summary>
    public void Add(IEnumerable<TallyMinute> before)
    {
        var now = MinuteNow();
        lock (_lock)
        {
            foreach (var minute in before.Where(minute => IsOfLastHour(minute.Minute, now)))
                SlotOf(minute.Minute).Add(minute);
        }
    }

    // After the clock was set back, minutes of "the future" are none of the last hour's.
    private static bool IsOfLastHour(long minute, long now) => minute > now - Minutes && minute <= now;

    private long MinuteNow() => time.GetUtcNow().ToUnixTimeSeconds() / 60;

    private Slot SlotNow()
    {
        _changes++;
        return SlotOf(MinuteNow());
    }

    private Slot SlotOf(long minute)
    {
        var slot = _slots[minute % Minutes];
        if (slot.Minute != minute)
            slot.Begin(minute);
        return slot;
    }

    private sealed class Slot
    {
        public long Minute { get; private set; } = -1;

        public long Uploads { get; set; }

        public long Bytes { get; set; }

        public long Faults { get; set; }

        public long[] Refusals { get; } = new long[Catalogue.All.Count];

        public bool IsEmpty => Uploads == 0 && Faults == 0 && !Refusals.AsSpan().ContainsAnyExcept(0);

        public void Begin(long minute)
        {
            (Minute, Uploads, Bytes, Faults) = (minute, 0, 0, 0);
            Array.Clear(Refusals);
        }

        public void Add(TallyMinute before)
        {
            Uploads += before.Uploads;
            Bytes += before.Bytes;
            Faults += before.Faults;
            foreach (var (code, count) in before.Refusals)
            {
                // Another version may have had another catalogue.
                if (Columns.TryGetValue(code, out var column))
                    Refusals[column] += count;
            }
        }

        public TallyMinute Read() => new(
            Minute, Uploads, Bytes, Faults,
            Catalogue.All.Select((refusal, i) => KeyValuePair.Create(refusal.Code, Refusals[i])).Where(refusal => refusal.Value > 0).ToImmutableDictionary());
    }
}
