using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Uploader.Shared.Keys;

namespace Uploader.Web.Authentication;

/// <summary>All keys that the key file and <c>API_KEY</c> give. An empty ring opens the door to nobody.</summary>
internal sealed class KeyRing(ImmutableArray<NamedKey> keys)
{
    public static KeyRing Empty { get; } = new([]);

    /// <summary>Whether bytes have to be counted for any of them.</summary>
    public bool HasQuotas { get; } = keys.Any(key => key.Options.BytesPerDay is not null);

    /// <summary>How many have not expired.</summary>
    public int CountAt(DateTimeOffset now) => keys.Count(key => !key.Options.IsExpired(now));

    /// <summary>Finds which key was presented, in a time that depends on the number of keys and the length of what was presented, and on nothing else.</summary>
    public bool TryFind(ReadOnlySpan<char> presented, [NotNullWhen(true)] out NamedKey? found)
    {
        found = null;
        if (!ClientKey.IsPossible(presented))
            return false;

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        NamedKey.Hash(presented, hash);
        // Every key is compared, also after the right one: otherwise the time would tell who stands where.
        foreach (var key in keys)
        {
            if (CryptographicOperations.FixedTimeEquals(key.Sha256.AsSpan(), hash))
                found ??= key;
        }

        return found is not null;
    }
}
