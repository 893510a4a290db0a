namespace Uploader.Shared.Addresses;

/// <summary>The header in which the trusted proxy names its client: <c>X-Forwarded-For</c>, or <c>Forwarded</c> (RFC 7239).</summary>
public enum ForwardedHeader
{
    XForwardedFor,
    Forwarded,
}
