using System.Collections.Immutable;
using Uploader.Shared.Addresses;

namespace Uploader.Shared.Keys;

/// <summary>What a key is restricted to. What is null restricts nothing; the service's own limits hold for every key.</summary>
internal sealed record KeyOptions
{
    public static KeyOptions None { get; } = new();

    /// <summary>The first instant at which it is no longer good.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>The largest file, in bytes.</summary>
    public long? MaxSize { get; init; }

    /// <summary>File name extensions, lower-case, without the dot.</summary>
    public ImmutableArray<string>? Types { get; init; }

    /// <summary>Bytes of files stored under the key's name within a UTC day.</summary>
    public long? BytesPerDay { get; init; }

    /// <summary>Where its uploads may come from.</summary>
    public AddressSet? From { get; init; }

    public bool IsExpired(DateTimeOffset now) => now >= Expires;

    /// <param name="client">The single address.</param>
    public bool Admits(Cidr client) => From is null || From.Contains(client);

    public bool AllowsType(string extension) => Types is not { } types || types.Contains(extension);

    /// <summary>As they stand on a key's line; empty when there are none.</summary>
    public override string ToString() => string.Join(' ', KeyOption.All.Select(option => option.Write(this)).OfType<string>());
}
