using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Uploader.Shared.Addresses;

namespace Uploader.Web.Authentication;

/// <summary>Lets through who presents a key of the ring in the <c>X-API-KEY</c> header.</summary>
/// <param name="ring">The ring in force right now.</param>
internal sealed class KeyGate(Func<KeyRing> ring)
{
    public const string HeaderName = "X-API-KEY";

    private const int FingerprintBytes = 4;

    private static readonly FrozenSet<string> KeysInQuery =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "api_key", "apikey", "api-key", "x-api-key", "x_api_key", "key", "token", "access_token");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> IsKeyInQuery = KeysInQuery.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly KeyVerdict.NoKey NoKey = new(KeyInQuery: false);
    private static readonly KeyVerdict.NoKey KeyInQuery = new(KeyInQuery: true);

    // Never stored and gone with the process: a log of fingerprints cannot be tried against lists of keys.
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);

    /// <param name="request">Its headers and its query.</param>
    /// <param name="client">The single address it comes from.</param>
    /// <param name="now">Whether a key has expired.</param>
    public KeyVerdict Check(HttpRequest request, Cidr client, DateTimeOffset now)
    {
        // Also beside a good header: by now the URL, and what is in it, stands in every log on the way.
        if (HasKeyInQuery(request.QueryString))
            return KeyInQuery;

        var presented = request.Headers[HeaderName];
        if (StringValues.IsNullOrEmpty(presented))
            return NoKey;
        // Two headers are two answers to one question; a proxy and this service might each believe another one.
        if (presented.Count != 1 || !ring().TryFind(presented[0], out var key))
            return new KeyVerdict.BadKey(Fingerprint(presented));
        // The address first: who asks from elsewhere is not told that the key was one.
        if (!key.Options.Admits(client))
            return new KeyVerdict.NotFromHere(key);
        return key.Options.IsExpired(now) ? new KeyVerdict.Expired(key) : new KeyVerdict.Accepted(key);
    }

    private static bool HasKeyInQuery(QueryString query)
    {
        if (!query.HasValue)
            return false;

        foreach (var pair in new QueryStringEnumerable(query.Value))
        {
            if (IsKeyInQuery.Contains(pair.DecodeName().Span))
                return true;
        }

        return false;
    }

    private string Fingerprint(StringValues tried)
    {
        var hash = HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(string.Join('\0', tried.ToArray())));
        return Convert.ToHexStringLower(hash.AsSpan(0, FingerprintBytes));
    }
}
