using System.Text;
using CsCheck;
using Uploader.Ctl.Keys;
using Uploader.Shared.Keys;

namespace Ctl.Tests.Keys;

public sealed class KeyTextTests
{
    private static readonly NamedKey Alice = NamedKey.Of("alice", "key-of-alice");

    [Fact]
    public void Whatever_bytes_a_file_holds_they_stay_when_a_key_comes_and_goes() =>
        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            var text = new KeyText(bytes);
            Assert.Equal(bytes, text.ToBytes());

            text.Insert(0, Alice, "comment");
            Assert.True(text.ToBytes().AsSpan().StartsWith(bytes));
            var line = text.Parse().Lines.Single(line => line.Key?.HasHashOf(Alice) == true);
            text.Remove([line.Number]);
            Assert.Equal(bytes is [] or [.., (byte)'\n'] ? bytes : [.. bytes, (byte)'\n'], text.ToBytes());
        });

    [Theory]
    [InlineData("", "{alice} # new\n")]
    [InlineData("# comment\n", "# comment\n{alice} # new\n")]
    [InlineData("# no line end", "# no line end\n{alice} # new\n")]
    [InlineData("# windows\r\n", "# windows\r\n{alice} # new\n")]
    public void A_key_is_added_as_the_last_line(string before, string after)
    {
        var text = Text(before);
        text.Insert(0, Alice, "new");
        Assert.Equal(after.Replace("{alice}", KeyFile.Line(Alice)), Show(text));
    }

    [Fact]
    public void A_key_that_gets_other_options_keeps_its_comment_to_the_byte()
    {
        var text = new KeyText((byte[])[.. Encoding.UTF8.GetBytes($"# first\n{KeyFile.Line(Alice)}\t types=png   #  Ali"), 0xFF, .. "ce's\nlast"u8]);
        text.Replace(2, Alice with { Options = new KeyOptions { MaxSize = 1024 } });
        Assert.Equal([.. Encoding.UTF8.GetBytes($"# first\n{KeyFile.Line(Alice)} max-size=1KiB #  Ali"), 0xFF, .. "ce's\nlast"u8], text.ToBytes());
    }

    [Fact]
    public void Lines_are_counted_as_in_the_journal()
    {
        var text = Text($"\uFEFF\n# comment\n\nnonsense\n{KeyFile.Line(Alice)}");
        Assert.Equal([4, 5], text.Parse().Lines.Select(line => line.Number));
        text.Remove([4, 1]);
        Assert.Equal($"# comment\n\n{KeyFile.Line(Alice)}", Show(text));
    }

    private static KeyText Text(string text) => new(Encoding.UTF8.GetBytes(text));

    private static string Show(KeyText text) => Encoding.UTF8.GetString(text.ToBytes());
}
