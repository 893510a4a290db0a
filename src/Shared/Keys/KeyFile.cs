using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Uploader.Shared.Keys;

/// <summary>
/// What a key file says: one key a line, <c>name sha256:hex</c> and options, blank lines and <c>#</c> comments. A line that is not a key takes nothing
/// from the others. <c>docs/man/fileuploader-keys.5</c> is its manual.
/// </summary>
internal sealed record KeyFile(ImmutableArray<KeyLine> Lines)
{
    public const int MaxNameLength = 64;

    /// <summary>The name of the key that comes from the environment variable <c>API_KEY</c>.</summary>
    public const string EnvironmentName = "env";

    private const string HashPrefix = "sha256:";

    private const string Blanks = " \t\r";

    /// <summary>A mistyped option is named in the reason, but only what cannot be a key in the wrong place.</summary>
    private const int LongestNamedOption = 20;

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    private static readonly SearchValues<char> OptionCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz-");

    // What `printf "$KEY" | sha256sum` and `echo "$KEY" | sha256sum` give when KEY is not set.
    private static readonly ImmutableArray<NamedKey> HashesOfNothing = [NamedKey.Of("", ""), NamedKey.Of("", "\n")];

    private static readonly string OptionNames = string.Join(", ", KeyOption.All.Select(option => $"{option.Name}="));

    public ImmutableArray<NamedKey> Keys { get; } = [.. Lines.Select(line => line.Key).OfType<NamedKey>()];

    public IEnumerable<RejectedLine> Rejected =>
        Lines.Where(line => line.Rejection is not null).Select(line => new RejectedLine(line.Number, line.Rejection!));

    public static KeyFile Parse(ReadOnlySpan<char> text)
    {
        var lines = ImmutableArray.CreateBuilder<KeyLine>();
        var number = 0;
        foreach (var range in text.Split('\n'))
        {
            number++;
            var line = text[range];
            var hash = line.IndexOf('#');
            var comment = hash < 0 ? "" : line[(hash + 1)..].Trim(Blanks).ToString();
            var words = (hash < 0 ? line : line[..hash]).Trim(Blanks).ToString();
            if (words.Length > 0)
                lines.Add(Read(number, words.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries), comment, lines));
        }

        return new KeyFile(lines.DrainToImmutable());
    }

    /// <summary>The line for a key, without its end.</summary>
    /// <exception cref="ArgumentException">The name cannot stand in a key file, or the hash is that of no key.</exception>
    public static string Line(NamedKey key)
    {
        if (ReasonAgainstName(key.Name) is { } reason)
            throw new ArgumentException(reason, nameof(key));
        if (HashesOfNothing.Any(key.HasHashOf))
            throw new ArgumentException("The key is empty.", nameof(key));
        return $"{key.Name} {HashPrefix}{Convert.ToHexStringLower(key.Sha256.AsSpan())} {key.Options}".TrimEnd();
    }

    /// <summary>Completes the sentence "it cannot be a key, because …"; null when it can be the name of one.</summary>
    public static string? ReasonAgainstName(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > MaxNameLength || name.ContainsAnyExcept(NameCharacters))
            return $"the name is not made of 1 to {MaxNameLength} letters, digits, dots, hyphens and underscores";
        return name is EnvironmentName ? $"the name '{EnvironmentName}' belongs to the key from API_KEY" : null;
    }

    private static KeyLine Read(int number, string[] words, string comment, IReadOnlyCollection<KeyLine> above)
    {
        KeyLine Rejected(string? name, ImmutableArray<byte> sha256, string reason) => new(number, name, sha256, Key: null, reason, comment);

        // The reasons are fixed sentences: a line that went wrong may hold a plain key, in any place.
        if (words.Length == 1)
            return Rejected(null, [], "it is not 'name sha256:<64 hex digits>'");
        if (ReasonAgainstName(words[0]) is { } reason)
            return Rejected(null, [], reason);
        if (ReadHash(words[1]) is not { } sha256)
            return Rejected(words[0], [], "after the name stands something else than 'sha256:' and 64 hex digits");
        if (ReadOptions(words.AsSpan(2), out var options) is { } mistake)
            return Rejected(words[0], sha256, mistake);

        var key = new NamedKey(words[0], sha256, options);
        return ReasonAgainst(key, above) is { } conflict ? Rejected(key.Name, sha256, conflict) : new KeyLine(number, key.Name, sha256, key, Rejection: null, comment);
    }

    private static ImmutableArray<byte>? ReadHash(string word)
    {
        var hash = new byte[SHA256.HashSizeInBytes];
        return word.StartsWith(HashPrefix, StringComparison.Ordinal)
            && word.Length == HashPrefix.Length + (hash.Length * 2)
            && Convert.FromHexString(word.AsSpan(HashPrefix.Length), hash, out _, out _) == OperationStatus.Done
            ? [.. hash]
            : null;
    }

    /// <summary>Whatever is not understood rejects the whole line: a restriction that was passed over would be a key without it.</summary>
    private static string? ReadOptions(ReadOnlySpan<string> words, out KeyOptions options)
    {
        options = KeyOptions.None;
        foreach (var word in words)
        {
            var equals = word.IndexOf('=');
            if (equals < 0 || KeyOption.Find(word.AsSpan(0, equals)) is not { } option)
                return $"{Named(word, equals)} is none of the options {OptionNames}";
            if (option.Write(options) is not null)
                return $"{option.Name}= stands there twice";
            if (option.Set(options, word[(equals + 1)..]) is not { } more)
                return $"{option.Name}= must be {option.Expected}, without blanks";
            options = more;
        }

        return null;
    }

    private static string Named(string word, int equals) =>
        equals is > 0 and <= LongestNamedOption && !word.AsSpan(0, equals).ContainsAnyExcept(OptionCharacters) ? $"{word[..equals]}=" : "what follows the hash";

    private static string? ReasonAgainst(NamedKey key, IReadOnlyCollection<KeyLine> above)
    {
        if (HashesOfNothing.Any(key.HasHashOf))
            return "the hash is that of an empty key";

        foreach (var other in above)
        {
            // One key under two names would be logged under either, and revoking one of them would revoke nothing.
            if (other.Key?.HasHashOf(key) == true)
                return other.Name == key.Name ? "the key is already listed above" : "the key is already listed under another name above";
            // An old key and its successor live side by side until a date, and never by an oversight for ever.
            if (other.Key is { Options.Expires: null } && other.Name == key.Name && key.Options.Expires is null)
                return "the name is already taken by a line above; of the keys of one name all but one must carry expires=";
        }

        return null;
    }
}
