namespace Uploader.Web.Health;

/// <summary>When a loop last came round, for whoever has to know that it still does.</summary>
internal sealed class LoopSign(TimeProvider time)
{
    private long _cameRoundAt = time.GetTimestamp();

    public TimeSpan Silence => time.GetElapsedTime(Volatile.Read(ref _cameRoundAt));

    public void ComeRound() => Volatile.Write(ref _cameRoundAt, time.GetTimestamp());
}
