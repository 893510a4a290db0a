namespace Uploader.Web.Authentication;

/// <summary>What the key gate says of a request.</summary>
internal abstract record KeyVerdict
{
    private KeyVerdict()
    {
    }

    /// <summary>The request carries the key of that name.</summary>
    public sealed record Accepted(string Name) : KeyVerdict;

    /// <summary>The request carries no key where a key belongs.</summary>
    /// <param name="KeyInQuery">It has one in its query string, where every proxy's log shows it; the client should be told.</param>
    public sealed record NoKey(bool KeyInQuery) : KeyVerdict;

    /// <summary>The request carries what is nobody's key.</summary>
    /// <param name="Fingerprint">8 hex digits that are equal for equal tries until the process ends, and tell nothing of the key.</param>
    public sealed record BadKey(string Fingerprint) : KeyVerdict;
}
