using Uploader.Shared.Bans;

namespace Uploader.Web.Refusals;

/// <summary>One "no" of the service: a value, not an exception.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Stable; <c>type</c> on the wire is <c>urn:fileuploader:</c> and this.</param>
/// <param name="Title">The same for every refusal of its family; also the field <c>error</c>.</param>
/// <param name="Detail">A sentence that helps an honest client and tells an attacker nothing new.</param>
/// <param name="CountsAs">The kind of failure it is in the ledger; null: it does not count.</param>
internal sealed record Refusal(int Status, string Code, string Title, string Detail, FailureKind? CountsAs = null)
{
    /// <summary>Sent as <c>Retry-After</c>, in whole seconds, rounded up; null: no such header.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The code on the wire, where a client must not be able to tell it from that other refusal; null: its own.</summary>
    public string? ToldAs { get; init; }

    /// <summary>For the journal, where it may say more than the client is told.</summary>
    public string? Evidence { get; init; }

    /// <summary>How many failures it counts as.</summary>
    public int Weight { get; init; } = 1;

    public Refusal Because(string detail) => this with { Detail = detail };

    public Refusal RetryIn(TimeSpan? wait) => this with { RetryAfter = wait };
}
