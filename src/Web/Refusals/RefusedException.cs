namespace Uploader.Web.Refusals;

/// <summary>Carries a refusal out of a stream that a library reads; <see cref="Receiving.TransportFailures"/> turns it back into the value it is.</summary>
internal sealed class RefusedException(Refusal refusal) : Exception(refusal.Detail)
{
    public Refusal Refusal { get; } = refusal;
}
