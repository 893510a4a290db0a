namespace Ctl.Tests;

/// <summary>What holds for every command: help, misuse, formats, exit statuses.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly Operator _operator = new();

    public void Dispose() => _operator.Dispose();

    [Theory]
    [InlineData("bans", "lst")]
    [InlineData("bans", "list", "--nonsense")]
    [InlineData("bans", "list", "-o", "xml")]
    [InlineData("bans")]
    public async Task Words_that_make_no_sense_are_told_with_where_help_is(params string[] words)
    {
        var answer = (await _operator.Runs(words)).Ends(64);
        Assert.Equal("", answer.Output);
        Assert.StartsWith("uploaderctl: ", answer.Error);
        Assert.Contains("--help", answer.Error);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("bans", "--help")]
    [InlineData("bans", "list", "--help")]
    public async Task Help_is_everywhere_and_tells_the_formats(params string[] words) =>
        Assert.Contains("--output", (await _operator.Runs(words)).Ends(0).Output);

    [Fact]
    public async Task A_wrong_configuration_is_told_whole_and_ends_with_78()
    {
        using var other = new Operator("\"Limits\": { \"MaxFiles\": \"none\", \"Burst\": \"0\" }");
        var answer = (await other.Runs("bans", "list")).Ends(78);
        Assert.Contains("Limits:MaxFiles", answer.Error);
        Assert.Contains("Limits:Burst", answer.Error);
    }

    [Fact]
    public async Task Where_nothing_is_there_yet_it_says_so_in_words_and_in_JSON()
    {
        Assert.Equal("Nobody is banned.\n", (await _operator.Runs("bans", "list")).Ends(0).Output);
        Assert.Equal(0, (await _operator.Runs("bans", "list", "-o", "json")).Json().GetArrayLength());
    }
}
