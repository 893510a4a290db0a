using System.CommandLine;
using System.CommandLine.Parsing;
using Uploader.Ctl.Commands;
using Uploader.Shared.Configuration;
using Uploader.Shared.Keys;
using Uploader.Shared.Storage;

namespace Uploader.Ctl.Keys;

/// <summary>The words that the commands for keys share: a name, a comment, and an option for each that can stand on a key's line.</summary>
internal static class KeyWords
{
    private const int LongestComment = 200;

    /// <summary>Whatever the time is, the end has four digits for its year.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365_000);

    public static Argument<string> Name(string description)
    {
        var name = new Argument<string>("NAME") { Description = description };
        name.Validators.Add(words =>
        {
            if (words.Tokens is [var token] && KeyFile.ReasonAgainstName(token.Value) is { } reason)
                words.AddError($"'{token.Value}': {reason}");
        });
        return name;
    }

    public static Option<string> Comment()
    {
        var comment = new Option<string>("--comment") { Description = "Whose it is, what it is for; 'keys list' shows it.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        comment.Validators.Add(words =>
        {
            if (words.Tokens is [var token] && (token.Value.Length > LongestComment || token.Value.EnumerateRunes().Any(rune => !Glyphs.AreShown(rune))))
                words.AddError($"--comment is one line of at most {LongestComment} characters");
        });
        return comment;
    }

    /// <summary>As the key file has them, <c>--max-size 10MiB</c> for <c>max-size=10MiB</c>; a duration does for a date.</summary>
    public static IReadOnlyDictionary<KeyOption, Option<string?>> Options() => KeyOption.All.ToDictionary(option => option, option =>
    {
        var words = new Option<string?>($"--{option.Name}") { Description = option.Meaning, HelpName = option.Placeholder };
        words.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && option.Set(KeyOptions.None, Written(option, token.Value, DateTimeOffset.UnixEpoch)) is null)
                result.AddError($"--{option.Name} must be {option.Expected}{(option.Name == KeyExpiry.OptionName ? ", or a duration such as 90d" : "")}");
        });
        return words;
    });

    /// <summary>The options that were given, on top of those it has.</summary>
    public static KeyOptions Read(ParseResult words, IReadOnlyDictionary<KeyOption, Option<string?>> options, KeyOptions before, DateTimeOffset now)
    {
        foreach (var (option, word) in options)
        {
            if (words.GetValue(word) is { } value)
                before = option.Set(before, Written(option, value, now))!;
        }

        return before;
    }

    /// <summary>A date as in the key file, or how long from now.</summary>
    public static bool TryEnd(string text, DateTimeOffset now, out DateTimeOffset end)
    {
        if (KeyExpiry.TryParse(text, out end))
            return true;
        if (!Duration.TryParse(text, out var span) || span <= TimeSpan.Zero || span > Longest)
            return false;
        // As it will be written, to the second.
        return KeyExpiry.TryParse(KeyExpiry.Write(now + span), out end);
    }

    private static string Written(KeyOption option, string value, DateTimeOffset now) =>
        option.Name == KeyExpiry.OptionName && TryEnd(value, now, out var end) ? KeyExpiry.Write(end) : value;
}
