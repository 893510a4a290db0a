using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Support;
using Uploader.Ctl;
using Uploader.Ctl.Terminals;

namespace Ctl.Tests.Manual;

/// <summary>What is written about the command is true of the command.</summary>
public sealed partial class ManualPageTests
{
    private static readonly RootCommand Root =
        new Uploaderctl(new Terminal { Out = TextWriter.Null, Error = TextWriter.Null }, TimeProvider.System).Root;

    [Fact]
    public void The_manual_page_is_current()
    {
        var path = Checkout.Of("docs", "man", "uploaderctl.8");
        var page = ManualPage.Of(Root);
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") is not null)
            File.WriteAllText(path, page);
        Assert.True(File.Exists(path) && File.ReadAllText(path) == page, $"{path} is not current: UPDATE_DOCS=1 scripts/test Manual");
    }

    [Fact]
    public void Every_word_of_the_command_is_explained()
    {
        foreach (var command in All(Root))
        {
            Assert.False(string.IsNullOrWhiteSpace(command.Description), command.Name);
            Assert.All(command.Options, option => Assert.False(string.IsNullOrWhiteSpace(option.Description), $"{command.Name} {option.Name}"));
        }
    }

    /// <summary>Lines of code blocks and code spans that begin with the command, <c>sudo</c> before it or not; <c>keys new|list</c> names commands and is none.</summary>
    [Fact]
    public void Every_uploaderctl_command_in_a_document_is_one()
    {
        var documents = Directory.EnumerateFiles(Checkout.Root, "*.md").Concat(Directory.EnumerateFiles(Checkout.Of("docs"), "*.md", SearchOption.AllDirectories));
        var commands = documents.SelectMany(document => Documented().Matches(File.ReadAllText(document)).Select(match => (document, Words: match.Groups["words"].Value))).ToList();
        Assert.NotEmpty(commands);
        foreach (var (document, words) in commands)
        {
            var parsed = Root.Parse(words.Replace("…", "x", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries));
            Assert.True(parsed.Errors.Count == 0 || IsOnlyNamed(parsed), $"{document}: uploaderctl {words}: {string.Join("; ", parsed.Errors.Select(error => error.Message))}");
        }
    }

    /// <summary>A sentence may name a command, or a group of them, without its arguments.</summary>
    private static bool IsOnlyNamed(ParseResult parsed) => parsed.Tokens.All(token => token.Type == TokenType.Command);

    private static IEnumerable<Command> All(Command command) => command.Subcommands.SelectMany(All).Prepend(command);

    [GeneratedRegex(@"(?:^|`|\$\()\s*(?:sudo )?uploaderctl (?<words>(?>[^`\n|>#)]+))(?!(?<! )\|)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Documented();
}
