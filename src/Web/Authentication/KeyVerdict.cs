using Uploader.Shared.Keys;

namespace Uploader.Web.Authentication;

/// <summary>What the key gate says of a request.</summary>
internal abstract record KeyVerdict
{
    private KeyVerdict()
    {
    }

    /// <summary>Whose key it is, for logs; empty when it is nobody's.</summary>
    public virtual string Name => "";

    /// <summary>The request carries that key, and the key is good here and now.</summary>
    public sealed record Accepted(NamedKey Key) : KeyVerdict
    {
        public override string Name => Key.Name;
    }

    /// <summary>The request carries that key, but comes from an address that its <c>from=</c> does not list.</summary>
    public sealed record NotFromHere(NamedKey Key) : KeyVerdict
    {
        public override string Name => Key.Name;
    }

    /// <summary>The request carries that key, from where it may, after its end.</summary>
    public sealed record Expired(NamedKey Key) : KeyVerdict
    {
        public override string Name => Key.Name;
    }

    /// <summary>The request carries no key where a key belongs.</summary>
    /// <param name="KeyInQuery">It has one in its query string, where every proxy's log shows it; the client should be told.</param>
    public sealed record NoKey(bool KeyInQuery) : KeyVerdict;

    /// <summary>The request carries what is nobody's key.</summary>
    /// <param name="Fingerprint">8 hex digits that are equal for equal tries until the process ends, and tell nothing of the key.</param>
    public sealed record BadKey(string Fingerprint) : KeyVerdict;
}
