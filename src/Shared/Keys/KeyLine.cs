using System.Collections.Immutable;

namespace Uploader.Shared.Keys;

/// <summary>One line of a key file that is neither blank nor only a comment: a key, or why it is none.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Name">Whose key it is or would be; null when the line does not begin with a name.</param>
/// <param name="Sha256">The hash it holds; empty when there is none. A rejected line may hold one, and comes into force when the line it lost to is gone.</param>
/// <param name="Key">Null when the line was rejected.</param>
/// <param name="Rejection">Why it was rejected, without anything of what it holds.</param>
/// <param name="Comment">What follows the <c>#</c>, trimmed.</param>
internal sealed record KeyLine(int Number, string? Name, ImmutableArray<byte> Sha256, NamedKey? Key, string? Rejection, string Comment)
{
    public bool HasHashOf(NamedKey key) => Sha256.AsSpan().SequenceEqual(key.Sha256.AsSpan());
}
