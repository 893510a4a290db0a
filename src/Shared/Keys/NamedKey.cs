using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Uploader.Shared.Keys;

/// <summary>A client key as it is kept: whose it is, a hash that nobody can send, and what it is restricted to.</summary>
internal sealed record NamedKey(string Name, ImmutableArray<byte> Sha256, KeyOptions Options)
{
    // A fast hash without salt is right here: keys are 256 random bits (ClientKey.New), which no list holds and nobody can try out. A slow one would be
    // paid at every request, the attacker's too.
    public static NamedKey Of(string name, ReadOnlySpan<char> key, KeyOptions? options = null)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(key, hash);
        return new NamedKey(name, [.. hash], options ?? KeyOptions.None);
    }

    public bool HasHashOf(NamedKey other) => Sha256.AsSpan().SequenceEqual(other.Sha256.AsSpan());

    /// <param name="key">At most <see cref="ClientKey.MaxLength"/> characters.</param>
    /// <param name="hash">Receives 32 bytes.</param>
    public static void Hash(ReadOnlySpan<char> key, Span<byte> hash)
    {
        Span<byte> utf8 = stackalloc byte[ClientKey.MaxLength * 3];
        var length = Encoding.UTF8.GetBytes(key, utf8);
        SHA256.HashData(utf8[..length], hash);
    }
}
