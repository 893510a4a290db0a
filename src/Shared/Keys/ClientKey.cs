using System.Buffers.Text;
using System.Security.Cryptography;

namespace Uploader.Shared.Keys;

/// <summary>The plain key, which only the client keeps.</summary>
internal static class ClientKey
{
    /// <summary>In characters. Longer ones are not even hashed.</summary>
    public const int MaxLength = 512;

    /// <summary>Makes it easy to find in a place where it should not be, such as a repository.</summary>
    private const string Prefix = "fu_";

    /// <summary>32 random bytes: <c>fu_</c> and 43 characters of base64url.</summary>
    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Whether it could be anybody's key at all. The empty key is nobody's, whatever is configured.</summary>
    public static bool IsPossible(ReadOnlySpan<char> key) => key.Length <= MaxLength && !key.IsWhiteSpace();
}
