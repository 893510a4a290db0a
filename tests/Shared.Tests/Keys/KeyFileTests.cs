using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Uploader.Shared.Keys;

namespace Shared.Tests.Keys;

public sealed class KeyFileTests
{
    private static readonly string HashA = HashOf("a");
    private static readonly string HashB = HashOf("b");

    [Theory]
    [InlineData("alice sha256:{A}", "alice")]
    [InlineData("alice sha256:{A}\n", "alice")]
    [InlineData("alice sha256:{A}\r\nbob sha256:{B}\r\n", "alice bob")]
    [InlineData("\t alice \t sha256:{A} \t", "alice")]
    [InlineData("# two\n\n  \nalice sha256:{A} # Alice's laptop\n#bob sha256:{B}", "alice")]
    [InlineData("A.b_c-9 sha256:{A}", "A.b_c-9")]
    [InlineData("", "")]
    [InlineData("\n\n# nobody\n", "")]
    public void A_line_is_a_name_and_a_hash(string text, string names)
    {
        var file = KeyFile.Parse(Filled(text));
        Assert.Empty(file.Rejected);
        Assert.Equal(names, string.Join(' ', file.Keys.Select(key => key.Name)));
    }

    [Fact]
    public void The_digits_of_a_hash_may_be_of_either_case()
    {
        var file = KeyFile.Parse($"alice sha256:{HashA.ToUpperInvariant()}\nbob sha256:{HashB}");
        Assert.Equal([HashA, HashB], file.Keys.Select(key => Convert.ToHexStringLower(key.Sha256.AsSpan())));
    }

    [Theory]
    [InlineData("alice", "it is not 'name sha256:<64 hex digits>'")]
    [InlineData("fu_plainkey", "it is not 'name sha256:<64 hex digits>'")]
    [InlineData("alice fu_plainkey", "after the name stands something else")]
    [InlineData("alice {A}", "after the name stands something else")]
    [InlineData("alice md5:{A}", "after the name stands something else")]
    [InlineData("alice SHA256:{A}", "after the name stands something else")]
    [InlineData("alice sha256: {A}", "after the name stands something else")]
    [InlineData("alice sha256:{A}0", "after the name stands something else")]
    [InlineData("alice sha256:abcd", "after the name stands something else")]
    [InlineData("alice sha256:", "after the name stands something else")]
    [InlineData("alice sha256:{A} extra", "what follows the hash is none of the options expires=, max-size=, types=, bytes-per-day=, from=")]
    [InlineData("alice sha256:zz97b5e2a1f0c8d34e6b7a8990abcdef0123456789abcdef0123456789abcdef", "after the name stands something else")]
    [InlineData("sha256:{A} alice", "the name is not made of")]
    [InlineData("al/ice sha256:{A}", "the name is not made of")]
    [InlineData("älice sha256:{A}", "the name is not made of")]
    [InlineData("al\0ice sha256:{A}", "the name is not made of")]
    [InlineData("a234567890123456789012345678901234567890123456789012345678901234x sha256:{A}", "the name is not made of")]
    [InlineData("env sha256:{A}", "the name 'env' belongs to the key from API_KEY")]
    [InlineData("alice sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "the hash is that of an empty key")]
    [InlineData("alice sha256:01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b", "the hash is that of an empty key")]
    public void A_line_that_is_no_key_is_reported_by_number_and_takes_nothing_from_the_others(string line, string reason)
    {
        var file = KeyFile.Parse($"# keys\nbefore sha256:{HashB}\n{Filled(line)}\nafter sha256:{HashOf("c")}\n");

        Assert.Equal(["before", "after"], file.Keys.Select(key => key.Name));
        var rejected = Assert.Single(file.Rejected);
        Assert.Equal(3, rejected.Number);
        Assert.StartsWith(reason, rejected.Reason);
    }

    [Fact]
    public void The_first_line_of_a_name_wins()
    {
        var file = KeyFile.Parse($"alice sha256:{HashA}\nbob sha256:{HashB}\nalice sha256:{HashOf("c")}");
        Assert.Equal([HashA, HashB], file.Keys.Select(key => Convert.ToHexStringLower(key.Sha256.AsSpan())));
        Assert.Equal([new RejectedLine(3, "the name is already taken by a line above; of the keys of one name all but one must carry expires=")], file.Rejected);
    }

    [Theory]
    [InlineData("alice sha256:{A} expires=2027-01-31\nalice sha256:{B}", 2)]
    [InlineData("alice sha256:{A}\nalice sha256:{B} expires=2027-01-31", 2)]
    [InlineData("alice sha256:{A} expires=2027-01-31\nalice sha256:{B} expires=2028-01-31", 2)]
    [InlineData("alice sha256:{A} expires=2027-01-31\nalice sha256:{B}\nalice sha256:{C}", 2)]
    [InlineData("alice sha256:{A}\nalice sha256:{B} max-size=1MiB", 1)]
    [InlineData("alice sha256:{A} expires=2027-01-31\nalice sha256:{A}", 1)]
    public void A_key_and_its_successor_have_one_name_when_all_but_one_have_an_end(string text, int keys)
    {
        var file = KeyFile.Parse(Filled(text));
        Assert.Equal(keys, file.Keys.Length);
        Assert.All(file.Lines, line => Assert.Equal("alice", line.Name));
    }

    [Fact]
    public void A_rejected_line_keeps_whose_it_would_be_because_it_comes_into_force_when_the_one_it_lost_to_goes()
    {
        var lines = KeyFile.Parse($"alice sha256:{HashA}\nbob sha256:{HashA}\nalice sha256:{HashB} # second").Lines;
        Assert.Equal(["alice", "bob", "alice"], lines.Select(line => line.Name));
        Assert.Equal([true, false, false], lines.Select(line => line.Key is not null));
        Assert.True(lines[1].HasHashOf(lines[0].Key!));
        Assert.Equal("second", lines[2].Comment);
    }

    [Fact]
    public void One_key_has_one_name()
    {
        var file = KeyFile.Parse($"alice sha256:{HashA}\nbob sha256:{HashA}");
        Assert.Equal(["alice"], file.Keys.Select(key => key.Name));
        Assert.Equal([new RejectedLine(2, "the key is already listed under another name above")], file.Rejected);
    }

    [Fact]
    public void A_reason_never_holds_what_the_line_holds() =>
        Gen.String[Gen.Char["KQXZ7/:# \t"], 1, 40].Sample(secret =>
        {
            foreach (var rejected in KeyFile.Parse(
                $"{secret}\nname {secret}\n{secret} sha256:{HashA}\nname sha256:{secret}\nname sha256:{HashA} {secret}\nname sha256:{HashA} {secret}=1\nname sha256:{HashA} max-size={secret}").Rejected)
                Assert.DoesNotContain(rejected.Reason, character => "KQXZ7/".Contains(character));
        });

    [Fact]
    public void Whatever_a_file_holds_every_line_is_a_key_or_reported_or_blank() =>
        Gen.String[Gen.Char["ab \t\r\n#:sha256"], 0, 80].Sample(noise =>
        {
            var file = KeyFile.Parse($"{noise}\nalice sha256:{HashA}");
            Assert.Equal("alice", Assert.Single(file.Keys).Name);
            Assert.Equal(file.Rejected.Select(line => line.Number).Distinct().Order(), file.Rejected.Select(line => line.Number));
        });

    [Fact]
    public void A_written_line_reads_back_as_the_key()
    {
        var key = ClientKey.New();
        var line = KeyFile.Line(NamedKey.Of("alice", key));
        var file = KeyFile.Parse(line);

        Assert.Empty(file.Rejected);
        Assert.Equal("alice", Assert.Single(file.Keys).Name);
        Assert.True(file.Keys[0].HasHashOf(NamedKey.Of("", key)));
        Assert.Same(KeyOptions.None, file.Keys[0].Options);
        Assert.DoesNotContain(key, line);
    }

    [Theory]
    [InlineData("", "key")]
    [InlineData("a b", "key")]
    [InlineData("a\nb", "key")]
    [InlineData("#a", "key")]
    [InlineData("env", "key")]
    [InlineData("alice", "")]
    public void A_line_that_would_not_read_back_is_not_written(string name, string key) =>
        Assert.Throws<ArgumentException>(() => KeyFile.Line(NamedKey.Of(name, key)));

    [Fact]
    public void New_keys_are_43_random_characters_that_need_no_escaping_anywhere()
    {
        var keys = Enumerable.Range(0, 1000).Select(_ => ClientKey.New()).ToArray();
        Assert.All(keys, key => Assert.Matches("^fu_[A-Za-z0-9_-]{43}$", key));
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    private static string Filled(string text) => text.Replace("{A}", HashA).Replace("{B}", HashB).Replace("{C}", HashOf("c"));

    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
