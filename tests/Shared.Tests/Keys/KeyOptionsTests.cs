using System.Globalization;
using CsCheck;
using Support;
using Uploader.Inspection;
using Uploader.Shared.Addresses;
using Uploader.Shared.Configuration;
using Uploader.Shared.Keys;

namespace Shared.Tests.Keys;

public sealed class KeyOptionsTests
{
    private static readonly string Line = KeyFile.Line(NamedKey.Of("alice", "key"));

    [Fact]
    public void The_manual_explains_every_option_and_its_example_is_good()
    {
        var manual = File.ReadAllText(Checkout.Of("docs", "man", "fileuploader-keys.5")).Replace("\\-", "-", StringComparison.Ordinal);
        Assert.All(KeyOption.All, option => Assert.Contains($"\n.BI {option.Name}= ", manual, StringComparison.Ordinal));

        var example = KeyFile.Parse(manual.Split(".EX\n")[1].Split(".EE\n")[0]);
        Assert.Empty(example.Rejected);
        Assert.NotEmpty(Assert.Single(example.Keys).Options.ToString());
    }

    [Theory]
    [InlineData("expires=2027-01-31", "expires=2027-01-31")]
    [InlineData("expires=2027-01-31T18:00:00Z", "expires=2027-01-31T18:00:00Z")]
    [InlineData("expires=2027-01-31T18:00:00+02:00", "expires=2027-01-31T16:00:00Z")]
    [InlineData("expires=2027-02-01T00:00:00Z", "expires=2027-01-31")]
    [InlineData("max-size=10MiB", "max-size=10MiB")]
    [InlineData("max-size=1", "max-size=1B")]
    [InlineData("types=png,pdf", "types=png,pdf")]
    [InlineData("types=PNG", "types=png")]
    [InlineData("bytes-per-day=1GiB", "bytes-per-day=1GiB")]
    [InlineData("from=192.0.2.0/24,2001:db8::/32", "from=192.0.2.0/24,2001:db8::/32")]
    [InlineData("from=192.0.2.7", "from=192.0.2.7")]
    [InlineData("from=10.0.0.0/8 \t max-size=1MiB", "max-size=1MiB from=10.0.0.0/8")]
    public void An_option_is_read_and_written_again(string options, string written) =>
        Assert.Equal(written, Assert.Single(KeyFile.Parse($"{Line} {options} # comment").Keys).Options.ToString());

    [Theory]
    [InlineData("expires=", "expires= must be a date such as 2027-01-31")]
    [InlineData("expires=2027-02-30", "expires= must be")]
    [InlineData("expires=2027-1-1", "expires= must be")]
    [InlineData("expires=9999-12-31", "expires= must be")]
    [InlineData("expires=2027-01-31T18:00:00", "expires= must be")]
    [InlineData("expires=31.01.2027", "expires= must be")]
    [InlineData("expires=never", "expires= must be")]
    [InlineData("expires=90d", "expires= must be")]
    [InlineData("max-size=", "max-size= must be a size such as 50MiB")]
    [InlineData("max-size=0", "max-size= must be")]
    [InlineData("max-size=-1", "max-size= must be")]
    [InlineData("max-size=10MB", "max-size= must be")]
    [InlineData("max-size=10 MiB", "what follows the hash is none of the options")]
    [InlineData("max-size=99999999TiB", "max-size= must be")]
    [InlineData("types=", "types= must be a list of some of jpg, jpeg, png")]
    [InlineData("types=php", "types= must be")]
    [InlineData("types=png,", "types= must be")]
    [InlineData("types=png,,pdf", "types= must be")]
    [InlineData("types=.png", "types= must be")]
    [InlineData("bytes-per-day=0", "bytes-per-day= must be")]
    [InlineData("from=", "from= must be a list of addresses")]
    [InlineData("from=,", "from= must be")]
    [InlineData("from=10.0.0.0/8,", "from= must be")]
    [InlineData("from=example.org", "from= must be")]
    [InlineData("from=10.0.0.1/33", "from= must be")]
    [InlineData("from=010.0.0.1", "from= must be")]
    [InlineData("max-size=1MiB max-size=2MiB", "max-size= stands there twice")]
    [InlineData("from=10.0.0.1 from=10.0.0.2", "from= stands there twice")]
    [InlineData("maxsize=1MiB", "maxsize= is none of the options expires=, max-size=, types=, bytes-per-day=, from=")]
    [InlineData("Max-Size=1MiB", "what follows the hash is none of the options")]
    [InlineData("max-size", "what follows the hash is none of the options")]
    [InlineData("=1MiB", "what follows the hash is none of the options")]
    [InlineData("max-size=1MiB,types=png", "max-size= must be")]
    [InlineData("correcthorsebatterystaple=1", "what follows the hash is none of the options")]
    public void What_is_not_understood_puts_out_the_line_and_says_what_would_be_right(string options, string reason)
    {
        var file = KeyFile.Parse($"{Line} {options}");
        Assert.Empty(file.Keys);
        var rejected = Assert.Single(file.Rejected);
        Assert.StartsWith(reason, rejected.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_date_is_the_last_day_and_an_instant_the_first_moment_without()
    {
        var date = Read("expires=2027-01-31");
        Assert.False(date.IsExpired(At("2027-01-31T23:59:59Z")));
        Assert.True(date.IsExpired(At("2027-02-01T00:00:00Z")));

        var instant = Read("expires=2027-01-31T18:00:00+01:00");
        Assert.False(instant.IsExpired(At("2027-01-31T16:59:59Z")));
        Assert.True(instant.IsExpired(At("2027-01-31T17:00:00Z")));

        Assert.False(KeyOptions.None.IsExpired(DateTimeOffset.MaxValue));
    }

    [Theory]
    [InlineData("", "203.0.113.7", true)]
    [InlineData("from=203.0.113.0/24", "203.0.113.7", true)]
    [InlineData("from=203.0.113.0/24", "203.0.114.7", false)]
    [InlineData("from=2001:db8::/32,203.0.113.7", "2001:db8:1::1", true)]
    [InlineData("from=2001:db8::/32,203.0.113.7", "203.0.113.8", false)]
    [InlineData("from=::ffff:203.0.113.7", "203.0.113.7", true)]
    public void An_address_is_admitted_where_the_list_has_it(string options, string client, bool isAdmitted) =>
        Assert.Equal(isAdmitted, Read(options).Admits(Cidr.Parse(client)));

    [Fact]
    public void Whatever_options_are_written_they_read_back_the_same() =>
        Gen.Select(
            Gen.Long[1, long.MaxValue / 2].Nullable(),
            Gen.Long[1, long.MaxValue / 2].Nullable(),
            Gen.Long[0, 200_000_000_000].Nullable(),
            Gen.Int[0, FileTypes.SupportedExtensions.Length - 1].Select(at => FileTypes.SupportedExtensions[at]).Array[1, 3].Select(types => types.Distinct().ToArray()),
            Gen.UInt.Array[1, 4]).Sample((size, quota, seconds, types, addresses) =>
        {
            var options = new KeyOptions
            {
                MaxSize = size,
                BytesPerDay = quota,
                Expires = seconds is { } s ? DateTimeOffset.FromUnixTimeSeconds(s) : null,
                Types = [.. types],
                From = new AddressSet([.. addresses.Select(address => Cidr.Of(new System.Net.IPAddress(address)))]),
            };
            Assert.Equal(options.ToString(), Read(options.ToString()).ToString());
            Assert.Equal((options.MaxSize, options.BytesPerDay, options.Expires), (Read(options.ToString()).MaxSize, Read(options.ToString()).BytesPerDay, Read(options.ToString()).Expires));
        });

    [Fact]
    public void Noise_after_the_hash_never_makes_a_key_with_fewer_restrictions() =>
        Gen.String[Gen.Char["ab=,-1 \t"], 1, 30].Where(noise => noise.Trim(' ', '\t').Length > 0).Sample(noise =>
            Assert.Empty(KeyFile.Parse($"{Line} max-size=1MiB {noise}").Keys));

    private static KeyOptions Read(string options) => Assert.Single(KeyFile.Parse($"{Line} {options}").Keys).Options;

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
