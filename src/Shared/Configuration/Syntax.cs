using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Uploader.Shared.Addresses;

namespace Uploader.Shared.Configuration;

internal delegate bool TryParse<T>(string text, out T value);

/// <summary>How one kind of value is written in the configuration: what is right, how it is read, how it is shown.</summary>
/// <param name="Expected">Completes the sentence "must be …".</param>
internal sealed record Syntax<T>(string Expected, TryParse<T> TryParse, Func<T, string> Write);

/// <summary>Every kind of value the configuration knows.</summary>
internal static class Syntax
{
    public static Syntax<string> Text { get; } = new("a text", TryText, text => text);

    public static Syntax<string> AbsolutePath { get; } = new("an absolute path", TryAbsolutePath, path => path);

    public static Syntax<bool> Switch { get; } = new("true or false", bool.TryParse, value => value ? "true" : "false");

    public static Syntax<AddressSet> Addresses { get; } = new(
        "a list of addresses or CIDR ranges such as 127.0.0.1, 10.0.0.0/8, 2001:db8::/32", TryAddresses, set => set.ToString());

    public static Syntax<IPEndPoint> EndPoint { get; } = new(
        "an address and a port such as 127.0.0.1:2424 or [::1]:2424", TryEndPoint, endPoint => endPoint.ToString());

    /// <summary>Of this machine or another; null is none.</summary>
    public static Syntax<EndPoint?> ServiceOrNone { get; } = new(
        "the path of a unix socket such as /run/clamav/clamd.ctl, a host and a port such as 127.0.0.1:3310, or none", TryService, Written);

    public static Syntax<TimeSpan> DurationFrom(TimeSpan least, TimeSpan? most = null) => new(
        $"a duration such as 30s, 10m, 1h or 1d, {Between(Duration.Write(least), most is null ? null : Duration.Write(most.Value))}",
        (string text, out TimeSpan value) => Duration.TryParse(text, out value) && value >= least && value <= (most ?? TimeSpan.MaxValue),
        Duration.Write);

    public static Syntax<long> SizeFrom(long least) => new(
        $"a size such as 50MiB or 1GiB, {Between(ByteSize.Write(least), null)}",
        (string text, out long value) => ByteSize.TryParse(text, out value) && value >= least,
        ByteSize.Write);

    public static Syntax<int> Count(int least, int most) => new(
        $"a whole number from {least} to {most}",
        (string text, out int value) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most,
        value => value.ToString(CultureInfo.InvariantCulture));

    public static Syntax<double> Number(double least, double most) => new(
        $"a number from {least} to {most}",
        (string text, out double value) =>
            double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && value >= least && value <= most,
        value => value.ToString(CultureInfo.InvariantCulture));

    public static Syntax<T> OneOf<T>()
        where T : struct, Enum => OneOf(Enum.GetValues<T>().Select(value => (value.ToString(), value)).ToArray());

    /// <summary>For values whose name in the configuration is not a C# name.</summary>
    public static Syntax<T> OneOf<T>(params (string Name, T Value)[] choices)
        where T : struct, Enum => new(
        $"one of {string.Join(", ", choices.Select(choice => choice.Name))}",
        (string text, out T value) =>
        {
            var chosen = Array.FindIndex(choices, choice => string.Equals(choice.Name, text.Trim(), StringComparison.OrdinalIgnoreCase));
            value = chosen < 0 ? default : choices[chosen].Value;
            return chosen >= 0;
        },
        value => Array.Find(choices, choice => choice.Value.Equals(value)).Name);

    public static Syntax<ImmutableArray<string>> SomeOf(IReadOnlyCollection<string> names) => new(
        $"a list of some of {string.Join(", ", names)}",
        (string text, out ImmutableArray<string> value) =>
        {
            value = [.. Items(text).Select(item => item.ToLowerInvariant()).Distinct()];
            return !value.IsEmpty && value.All(names.Contains);
        },
        value => string.Join(", ", value));

    /// <summary>The same syntax with a word that means "no value".</summary>
    public static Syntax<T?> OrNone<T>(this Syntax<T> syntax, string none)
        where T : struct => new(
        $"{syntax.Expected}, or {none}",
        (string text, out T? value) =>
        {
            value = null;
            if (string.Equals(text.Trim(), none, StringComparison.OrdinalIgnoreCase))
                return true;
            var right = syntax.TryParse(text, out var some);
            value = some;
            return right;
        },
        value => value is null ? none : syntax.Write(value.Value));

    public static IEnumerable<string> Items(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Between(string least, string? most) => most is null ? $"at least {least}" : $"from {least} to {most}";

    private static bool TryText(string text, out string value)
    {
        value = text;
        return true;
    }

    private static bool TryAbsolutePath(string text, out string value)
    {
        value = text.Length > 1 ? text.TrimEnd('/') : text;
        return text.StartsWith('/') && !text.Contains('\0') && value.Length > 1;
    }

    private static bool TryAddresses(string text, out AddressSet value)
    {
        var ranges = ImmutableArray.CreateBuilder<Cidr>();
        value = new AddressSet([]);
        foreach (var item in Items(text))
        {
            if (!Cidr.TryParse(item, out var range))
                return false;
            ranges.Add(range);
        }

        value = new AddressSet(ranges.ToImmutable());
        return true;
    }

    private static bool TryService(string text, out EndPoint? value)
    {
        const int LongestSocketPath = 107;
        value = null;
        if (text.Equals("none", StringComparison.OrdinalIgnoreCase))
            return true;
        if (text.StartsWith('/'))
        {
            if (text.Length > LongestSocketPath)
                return false;
            value = new UnixDomainSocketEndPoint(text);
            return true;
        }

        if (TryEndPoint(text, out var address))
        {
            value = address;
            return true;
        }

        var colon = text.LastIndexOf(':');
        if (colon <= 0 || Uri.CheckHostName(text[..colon]) != UriHostNameType.Dns || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port == 0)
            return false;
        value = new DnsEndPoint(text[..colon], port);
        return true;
    }

    private static string Written(EndPoint? endPoint) => endPoint switch
    {
        null => "none",
        DnsEndPoint host => $"{host.Host}:{host.Port}",
        _ => endPoint.ToString()!,
    };

    private static bool TryEndPoint(string text, out IPEndPoint value)
    {
        var right = IPEndPoint.TryParse(text, out var endPoint) && text.LastIndexOf(':') > text.LastIndexOf(']');
        value = endPoint ?? new IPEndPoint(IPAddress.Loopback, 0);
        return right;
    }
}
