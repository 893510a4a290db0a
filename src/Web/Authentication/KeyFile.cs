using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Uploader.Web.Authentication;

/// <summary>
/// What a key file says: one key a line, <c>name sha256:hex</c>, blank lines and <c>#</c> comments. A line that is not a key takes nothing from the others.
/// </summary>
internal sealed record KeyFile(ImmutableArray<NamedKey> Keys, ImmutableArray<RejectedLine> Rejected)
{
    public const int MaxNameLength = 64;

    /// <summary>The name of the key that comes from the environment variable <c>API_KEY</c>.</summary>
    public const string EnvironmentName = "env";

    private const string HashPrefix = "sha256:";

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    // What `printf "$KEY" | sha256sum` and `echo "$KEY" | sha256sum` give when KEY is not set.
    private static readonly ImmutableArray<NamedKey> HashesOfNothing = [NamedKey.Of("", ""), NamedKey.Of("", "\n")];

    public static KeyFile Parse(ReadOnlySpan<char> text)
    {
        var keys = ImmutableArray.CreateBuilder<NamedKey>();
        var rejected = ImmutableArray.CreateBuilder<RejectedLine>();
        var number = 0;
        foreach (var range in text.Split('\n'))
        {
            number++;
            var line = text[range];
            var comment = line.IndexOf('#');
            line = (comment < 0 ? line : line[..comment]).Trim(" \t\r");
            if (line.IsEmpty)
                continue;

            var reason = Read(line, keys);
            if (reason is not null)
                rejected.Add(new RejectedLine(number, reason));
        }

        return new KeyFile(keys.DrainToImmutable(), rejected.DrainToImmutable());
    }

    /// <summary>The line for a key, without its end.</summary>
    /// <exception cref="ArgumentException">The name cannot stand in a key file, or the key can be nobody's.</exception>
    public static string Line(string name, string key)
    {
        if (ReasonAgainstName(name) is { } reason)
            throw new ArgumentException(reason, nameof(name));
        if (!ClientKey.IsPossible(key))
            throw new ArgumentException("The key is empty or too long.", nameof(key));
        return $"{name} {HashPrefix}{Convert.ToHexStringLower(NamedKey.Of(name, key).Sha256.AsSpan())}";
    }

    // The reasons are fixed sentences: a line that went wrong may hold a plain key, in either place.
    private static string? Read(ReadOnlySpan<char> line, ImmutableArray<NamedKey>.Builder keys)
    {
        var space = line.IndexOfAny(' ', '\t');
        if (space < 0)
            return "it is not 'name sha256:<64 hex digits>'";
        if (ReasonAgainstName(line[..space]) is { } reason)
            return reason;

        var value = line[space..].TrimStart(" \t");
        var hash = new byte[SHA256.HashSizeInBytes];
        if (!value.StartsWith(HashPrefix, StringComparison.Ordinal)
            || value.Length != HashPrefix.Length + (hash.Length * 2)
            || Convert.FromHexString(value[HashPrefix.Length..], hash, out _, out _) != OperationStatus.Done)
        {
            return "after the name stands something else than 'sha256:' and 64 hex digits";
        }

        var key = new NamedKey(line[..space].ToString(), [.. hash]);
        if (HashesOfNothing.Any(key.HasHashOf))
            return "the hash is that of an empty key";
        if (keys.Any(other => other.Name == key.Name))
            return "the name is already taken by a line above";
        // One key under two names would be logged under either, and revoking one of them would revoke nothing.
        if (keys.Any(key.HasHashOf))
            return "the key is already listed under another name above";

        keys.Add(key);
        return null;
    }

    private static string? ReasonAgainstName(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > MaxNameLength || name.ContainsAnyExcept(NameCharacters))
            return $"the name is not made of 1 to {MaxNameLength} letters, digits, dots, hyphens and underscores";
        return name is EnvironmentName ? $"the name '{EnvironmentName}' belongs to the key from API_KEY" : null;
    }
}

/// <summary>A line that is not a key: its number, counted from 1, and why, without anything of what it holds.</summary>
internal readonly record struct RejectedLine(int Number, string Reason);
