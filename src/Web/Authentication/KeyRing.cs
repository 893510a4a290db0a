using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Uploader.Web.Authentication;

/// <summary>All keys that open the door at one moment. An empty ring opens it to nobody.</summary>
internal sealed class KeyRing(ImmutableArray<NamedKey> keys)
{
    public static KeyRing Empty { get; } = new([]);

    public int Count => keys.Length;

    /// <summary>Finds whose key was presented, in a time that depends on the number of keys and the length of what was presented, and on nothing else.</summary>
    public bool TryFind(ReadOnlySpan<char> presented, [NotNullWhen(true)] out string? name)
    {
        name = null;
        if (!ClientKey.IsPossible(presented))
            return false;

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        NamedKey.Hash(presented, hash);
        // Every key is compared, also after the right one: otherwise the time would tell who stands where.
        foreach (var key in keys)
        {
            if (CryptographicOperations.FixedTimeEquals(key.Sha256.AsSpan(), hash))
                name ??= key.Name;
        }

        return name is not null;
    }
}
