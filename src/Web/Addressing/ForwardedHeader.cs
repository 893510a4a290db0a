namespace Uploader.Web.Addressing;

/// <summary>The one header in which the trusted proxies write for whom they ask. The other is never read: docs/adr/0003-one-forwarding-header.md.</summary>
internal enum ForwardedHeader
{
    /// <summary><c>X-Forwarded-For</c>, what nginx's <c>$proxy_add_x_forwarded_for</c> and Apache's mod_proxy write.</summary>
    XForwardedFor,

    /// <summary><c>Forwarded</c>, <see href="https://www.rfc-editor.org/rfc/rfc7239">RFC 7239</see>.</summary>
    Forwarded,
}
