using Uploader.Shared.Keys;
using Uploader.Web.Authentication;

namespace Web.Tests.Authentication;

public sealed class KeyRingTests
{
    private static readonly KeyRing Ring = new([NamedKey.Of("alice", "key-of-alice"), NamedKey.Of("bob", "schlüssel-🔑"), NamedKey.Of("carol", new string('c', 512))]);

    [Theory]
    [InlineData("key-of-alice", "alice")]
    [InlineData("schlüssel-🔑", "bob")]
    public void A_key_opens_under_its_name(string presented, string expected)
    {
        Assert.True(Ring.TryFind(presented, out var found));
        Assert.Equal(expected, found.Name);
    }

    [Fact]
    public void A_key_of_512_characters_is_the_longest()
    {
        Assert.True(Ring.TryFind(new string('c', 512), out var found));
        Assert.Equal("carol", found.Name);
        Assert.False(new KeyRing([NamedKey.Of("carol", new string('c', 512))]).TryFind(new string('c', 513), out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\t\r\n")]
    [InlineData("key-of-alic")]
    [InlineData("key-of-alice ")]
    [InlineData(" key-of-alice")]
    [InlineData("Key-of-alice")]
    [InlineData("key-of-alice\0")]
    [InlineData("alice")]
    [InlineData("key-of-alice,schlüssel-🔑")]
    public void Nothing_else_opens(string presented)
    {
        Assert.False(Ring.TryFind(presented, out var found));
        Assert.Null(found);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("anything")]
    public void An_empty_ring_opens_to_nobody(string presented) => Assert.False(KeyRing.Empty.TryFind(presented, out _));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void Not_even_the_hash_of_an_empty_key_opens_to_the_empty_key(string key) =>
        Assert.False(new KeyRing([NamedKey.Of("nobody", key)]).TryFind(key, out _));

    [Fact]
    public void An_old_key_and_its_successor_open_under_one_name_and_the_options_are_those_of_the_one_presented()
    {
        var end = new DateTimeOffset(2026, 3, 9, 0, 0, 0, TimeSpan.Zero);
        var ring = new KeyRing([NamedKey.Of("alice", "old", new KeyOptions { Expires = end }), NamedKey.Of("alice", "new")]);

        Assert.True(ring.TryFind("old", out var old));
        Assert.True(ring.TryFind("new", out var successor));
        Assert.Equal(("alice", "alice"), (old.Name, successor.Name));
        Assert.Equal((end, null), (old.Options.Expires, successor.Options.Expires));
        Assert.Equal((2, 1), (ring.CountAt(end.AddTicks(-1)), ring.CountAt(end)));
    }

    [Fact]
    public void Characters_that_no_encoding_has_do_no_harm() => Assert.False(Ring.TryFind(new string('\ud800', 512), out _));
}
