using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Support;

namespace System.Tests.Machine;

/// <summary>The commands of docs/operations.md, by section. A section is called as its test is, <c>Moving_uploads_to_another_disk</c>.</summary>
internal static partial class Runbook
{
    /// <summary>Those that have commands.</summary>
    public static IReadOnlyDictionary<string, string[]> Sections { get; } = Heading()
        .Split(File.ReadAllText(Checkout.Of("docs", "operations.md")))
        .Skip(1)
        .Chunk(2)
        .Select(section => (Name: BetweenWords().Replace(section[0], "_"), Blocks: Block().Matches(section[1]).Select(block => block.Groups["commands"].Value).ToArray()))
        .Where(section => section.Blocks.Length > 0)
        .ToDictionary(section => section.Name, section => section.Blocks, StringComparer.Ordinal);

    /// <summary>The blocks of the calling test's section, which must be that many.</summary>
    public static string[] Blocks(int count, [CallerMemberName] string section = "")
    {
        var blocks = Sections[section];
        Assert.Equal(count, blocks.Length);
        return blocks;
    }

    [GeneratedRegex("^##+ (?<heading>.+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heading();

    [GeneratedRegex("[^A-Za-z0-9]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BetweenWords();

    [GeneratedRegex("^```sh\n(?<commands>.+?)^```$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();
}
