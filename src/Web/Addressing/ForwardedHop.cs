using Uploader.Shared.Addresses;

namespace Uploader.Web.Addressing;

/// <summary>One hop as a proxy wrote it: an address, the proxy's own unix socket, or something that names nobody.</summary>
internal readonly record struct ForwardedHop
{
    private readonly Cidr? _address;

    private ForwardedHop(Cidr? address, bool isLocalSocket)
    {
        _address = address;
        IsLocalSocket = isLocalSocket;
    }

    /// <summary>Empty, <c>unknown</c>, <c>_obfuscated</c>, a zone, garbage.</summary>
    public static ForwardedHop Unreadable => default;

    /// <summary>nginx writes <c>unix:</c> for a peer that came through one of its unix sockets.</summary>
    public bool IsLocalSocket { get; }

    public bool TryGetAddress(out Cidr address)
    {
        address = _address.GetValueOrDefault();
        return _address.HasValue;
    }

    /// <summary>
    /// <c>1.2.3.4</c>, <c>1.2.3.4:port</c>, <c>[v6]</c>, <c>[v6]:port</c> and bare <c>v6</c>, which cannot carry a port: its colon would belong to the address.
    /// </summary>
    public static ForwardedHop Parse(ReadOnlySpan<char> node)
    {
        if (node is "unix:")
            return new ForwardedHop(address: null, isLocalSocket: true);

        var isBracketed = node.StartsWith('[');
        var (address, port) = isBracketed ? SplitAfterBracket(node) : SplitAtOnlyColon(node);
        if (!IsPortOrNothing(port) || !Cidr.TryParseSingle(address, out var single))
            return Unreadable;
        // [1.2.3.4] is nothing; [::ffff:1.2.3.4] is IPv4 too, but spelt as IPv6.
        if (isBracketed && !address.Contains(':'))
            return Unreadable;

        return new ForwardedHop(single, isLocalSocket: false);
    }

    private static Split SplitAfterBracket(ReadOnlySpan<char> node)
    {
        var close = node.IndexOf(']');
        return close < 0 ? new Split(default, default) : new Split(node[1..close], node[(close + 1)..]);
    }

    private static Split SplitAtOnlyColon(ReadOnlySpan<char> node)
    {
        var colon = node.IndexOf(':');
        return colon < 0 || node[(colon + 1)..].Contains(':') ? new Split(node, default) : new Split(node[..colon], node[colon..]);
    }

    /// <summary><c>:4711</c>, or RFC 7239's obfuscated <c>:_secret</c>. Where the client's port is garbage, so is the hop.</summary>
    private static bool IsPortOrNothing(ReadOnlySpan<char> port) =>
        port.IsEmpty
        || (port[0] == ':' && (port[1..].StartsWith('_') || ushort.TryParse(port[1..], System.Globalization.NumberStyles.None, null, out _)));

    private readonly ref struct Split(ReadOnlySpan<char> address, ReadOnlySpan<char> port)
    {
        private readonly ReadOnlySpan<char> _address = address;
        private readonly ReadOnlySpan<char> _port = port;

        public void Deconstruct(out ReadOnlySpan<char> address, out ReadOnlySpan<char> port)
        {
            address = _address;
            port = _port;
        }
    }
}
