using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Uploader.Shared.Addresses;
using Uploader.Shared.Keys;
using Uploader.Web.Authentication;

namespace Web.Tests.Authentication;

public sealed class KeyGateTests
{
    private const string Key = "key-of-alice";

    private static readonly DateTimeOffset Now = new(2026, 3, 9, 12, 0, 0, TimeSpan.Zero);
    private static readonly Cidr Somewhere = Cidr.Parse("203.0.113.7");
    private static readonly NamedKey Alice = NamedKey.Of("alice", Key);

    private readonly KeyGate _gate = new(() => new KeyRing([Alice]));

    [Theory]
    [InlineData("X-API-KEY")]
    [InlineData("x-api-key")]
    public void The_right_key_is_accepted_under_its_name(string header)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers[header] = Key;
        Assert.Equal(new KeyVerdict.Accepted(Alice), _gate.Check(request, Somewhere, Now));
    }

    [Fact]
    public void A_key_is_good_until_its_end_and_then_is_told_so()
    {
        var options = new KeyOptions { Expires = Now };
        Assert.Equal("alice", Assert.IsType<KeyVerdict.Accepted>(With(options, Somewhere, Now.AddTicks(-1))).Name);
        Assert.Equal("alice", Assert.IsType<KeyVerdict.Expired>(With(options, Somewhere, Now)).Name);
    }

    [Fact]
    public void A_key_is_good_from_its_addresses_and_whoever_is_elsewhere_is_not_told_that_it_expired()
    {
        var options = new KeyOptions { From = new AddressSet([Cidr.Parse("203.0.113.0/24"), Cidr.Parse("2001:db8::/32")]), Expires = Now };
        Assert.IsType<KeyVerdict.Accepted>(With(options, Somewhere, Now.AddDays(-1)));
        Assert.IsType<KeyVerdict.Accepted>(With(options, Cidr.Parse("2001:db8:5::1"), Now.AddDays(-1)));
        Assert.IsType<KeyVerdict.NotFromHere>(With(options, Cidr.Parse("198.51.100.1"), Now.AddDays(-1)));
        Assert.IsType<KeyVerdict.NotFromHere>(With(options, Cidr.Parse("198.51.100.1"), Now));
        Assert.IsType<KeyVerdict.Expired>(With(options, Somewhere, Now));
    }

    [Fact]
    public void No_header_is_no_key() => Assert.Equal(new KeyVerdict.NoKey(KeyInQuery: false), Check());

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void An_empty_header_is_no_key(string? value) => Assert.Equal(new KeyVerdict.NoKey(KeyInQuery: false), Check(value));

    [Theory]
    [InlineData("wrong")]
    [InlineData(" ")]
    [InlineData("key-of-alice,key-of-alice")]
    [InlineData("key-of-alice\0")]
    public void A_wrong_key_is_a_bad_key(string value) => Assert.IsType<KeyVerdict.BadKey>(Check(value));

    [Theory]
    [InlineData(Key, Key)]
    [InlineData(Key, "wrong")]
    [InlineData("wrong", Key)]
    [InlineData("key-of-", "alice")]
    [InlineData("", Key)]
    [InlineData(Key, "")]
    [InlineData("", "")]
    public void Two_headers_are_a_bad_key_even_when_one_is_right(string first, string second) =>
        Assert.IsType<KeyVerdict.BadKey>(Check(first, second));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("None")]
    [InlineData(Key)]
    public void Without_any_key_configured_nobody_is_accepted(string? value)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers[KeyGate.HeaderName] = value;
        Assert.IsNotType<KeyVerdict.Accepted>(new KeyGate(() => KeyRing.Empty).Check(request, Somewhere, Now));
    }

    [Theory]
    [InlineData("?api_key=x")]
    [InlineData("?apikey=x")]
    [InlineData("?API_KEY=key-of-alice")]
    [InlineData("?api-key=x")]
    [InlineData("?x-api-key=x")]
    [InlineData("?X-API-KEY=x")]
    [InlineData("?key=x")]
    [InlineData("?Token=x")]
    [InlineData("?access_token=x")]
    [InlineData("?key")]
    [InlineData("?key=")]
    [InlineData("?a=b&c=d&key=x")]
    [InlineData("?%6Bey=x")]
    [InlineData("?api%5Fkey=x")]
    public void A_key_in_the_query_is_refused_with_and_without_the_right_header(string query)
    {
        Assert.Equal(new KeyVerdict.NoKey(KeyInQuery: true), CheckWithQuery(query));
        Assert.Equal(new KeyVerdict.NoKey(KeyInQuery: true), CheckWithQuery(query, Key));
        Assert.Equal(new KeyVerdict.NoKey(KeyInQuery: true), CheckWithQuery(query, "wrong"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("?keys=x")]
    [InlineData("?name=key")]
    [InlineData("?name=a%26key=x")]
    public void Any_other_query_does_not_matter(string query) => Assert.IsType<KeyVerdict.Accepted>(CheckWithQuery(query, Key));

    [Fact]
    public void Equal_tries_have_equal_fingerprints_that_tell_nothing_outside_the_process()
    {
        Assert.Matches("^[0-9a-f]{8}$", FingerprintOf(_gate, "wrong"));
        Assert.Equal(FingerprintOf(_gate, "wrong"), FingerprintOf(_gate, "wrong"));
        Assert.NotEqual(FingerprintOf(_gate, "wrong"), FingerprintOf(_gate, "wrong2"));
        Assert.NotEqual(FingerprintOf(_gate, "ab", "c"), FingerprintOf(_gate, "a", "bc"));
        Assert.NotEqual(FingerprintOf(_gate, "wrong"), FingerprintOf(new KeyGate(() => KeyRing.Empty), "wrong"));
    }

    [Fact]
    public void A_new_ring_is_in_force_at_the_next_request()
    {
        var ring = KeyRing.Empty;
        var gate = new KeyGate(() => ring);
        var request = new DefaultHttpContext().Request;
        request.Headers[KeyGate.HeaderName] = Key;

        Assert.IsType<KeyVerdict.BadKey>(gate.Check(request, Somewhere, Now));
        ring = new KeyRing([NamedKey.Of("alice", Key)]);
        Assert.IsType<KeyVerdict.Accepted>(gate.Check(request, Somewhere, Now));
    }

    private static KeyVerdict With(KeyOptions options, Cidr client, DateTimeOffset now)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers[KeyGate.HeaderName] = Key;
        return new KeyGate(() => new KeyRing([Alice with { Options = options }])).Check(request, client, now);
    }

    private static string FingerprintOf(KeyGate gate, params string[] values)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers[KeyGate.HeaderName] = new StringValues(values);
        return Assert.IsType<KeyVerdict.BadKey>(gate.Check(request, Somewhere, Now)).Fingerprint;
    }

    private KeyVerdict Check(params string?[] values) => CheckWithQuery("", values);

    private KeyVerdict CheckWithQuery(string query, params string?[] values)
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = new QueryString(query);
        if (values.Length > 0)
            request.Headers[KeyGate.HeaderName] = new StringValues(values);
        return _gate.Check(request, Somewhere, Now);
    }
}
