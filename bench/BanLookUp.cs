using System.Diagnostics;
using System.Net;
using Uploader.Shared.Addresses;
using Uploader.Web.Banning;

namespace Uploader.Bench;

/// <summary>What the ban list costs every request, at three sizes: IPv4 addresses and IPv6 /64s in equal parts.</summary>
internal static class BanLookUp
{
    // So many different clients that neither they nor their places in the list stay in the processor's nearest caches.
    private const int Clients = 1 << 17;
    private const int LookUps = 1 << 20;
    private const int Ipv6Prefix = 64;

    private static readonly int[] Sizes = [0, 10_000, 1_000_000];

    public static void Run(int rounds)
    {
        Console.WriteLine($"{"",-22}{"not banned, ns",16}{"ratio",8}{"banned, ns",14}{"ratio",8}{"bytes allocated",18}");
        var lists = Sizes.Select(size => (Size: size, Bans: ListOf(size), Missed: new Times(), Hit: new Times())).ToArray();
        var strangers = Enumerable.Range(Sizes[^1], Clients).Select(Client).ToArray();
        var allocated = new long[lists.Length];

        // All sizes in turn, so that a slow moment of the machine does not fall on one of them; the first round is for the JIT.
        for (var round = -1; round < rounds; round++)
        {
            for (var i = 0; i < lists.Length; i++)
            {
                var (size, bans, missed, hit) = lists[i];
                var banned = size == 0 ? [] : Scattered(size);
                var before = GC.GetAllocatedBytesForCurrentThread();
                var timeMissed = Time(bans, strangers, expected: false);
                var timeHit = banned.Length == 0 ? default : Time(bans, banned, expected: true);
                allocated[i] = GC.GetAllocatedBytesForCurrentThread() - before;
                if (round < 0)
                    continue;
                missed.Add(timeMissed);
                if (banned.Length > 0)
                    hit.Add(timeHit);
            }
        }

        for (var i = 0; i < lists.Length; i++)
            Print(lists[i].Size, Nanoseconds(lists[i].Missed), Nanoseconds(lists[0].Missed), Nanoseconds(lists[i].Hit), Nanoseconds(lists[1].Hit), allocated[i]);
    }

    private static void Print(int size, double missed, double missedFirst, double hit, double hitFirst, long allocated)
    {
        var ofHit = double.IsNaN(hit) ? $"{"-",14}{"-",8}" : $"{hit,14:N1}{hit / hitFirst,8:N2}";
        Console.WriteLine($"  {$"{size:N0} bans",-20}{missed,16:N1}{missed / missedFirst,8:N2}{ofHit}{(double)allocated / LookUps,18:N2}");
    }

    private static double Nanoseconds(Times times) => times.Median * 1_000_000 / LookUps;

    private static BanList ListOf(int size)
    {
        var bans = new BanList(Ipv6Prefix);
        for (var i = 0; i < size; i++)
            bans.Extend(Client(i), long.MaxValue);
        return bans;
    }

    private static Cidr[] Scattered(int size) =>
        [.. Enumerable.Range(0, Clients).Select(i => Client((int)((uint)i * 2_654_435_761 % (uint)size)))];

    // An odd factor makes each number another one of 32 bits, far from its neighbours'.
    private static Cidr Client(int number)
    {
        var spread = (uint)number * 2_654_435_761;
        Span<byte> address = stackalloc byte[16];
        BitConverter.TryWriteBytes(address[4..], spread);
        address[0] = 0x20;
        return (number & 1) == 0 ? Cidr.Of(new IPAddress(address[4..8])) : Cidr.Of(new IPAddress(address), Ipv6Prefix);
    }

    private static TimeSpan Time(BanList bans, Cidr[] clients, bool expected)
    {
        long found = 0;
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < LookUps; i++)
            found += bans.EndOf(clients[i & (Clients - 1)]) == 0 ? 0 : 1;
        var took = Stopwatch.GetElapsedTime(began);
        return found == (expected ? LookUps : 0) ? took : throw new InvalidOperationException($"{found} of {LookUps} look-ups found a ban.");
    }
}
