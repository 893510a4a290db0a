using System.Net;
using Uploader.Ctl.Doctor.Fronts;
using Uploader.Ctl.Doctor.Hosts;
using Uploader.Shared.Configuration;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>Step 6 of the article: who asks too often is slowed down, by the server in front and by the service.</summary>
internal static class RateLimits
{
    private const int AtATime = 6;

    /// <summary>The shipped limit takes eleven at once and five a second.</summary>
    private const int ForFront = 60;

    private const int Most = 300;

    public static Check Front { get; } = Check.Asking(
        "rate-limit-front", "The server in front limits the rate of requests", $"a burst of at most {ForFront} requests through it, to a path that the service neither limits nor counts", LookAtFront);

    public static Check Service { get; } = Check.Asking(
        "rate-limit-service", "The service limits the rate of requests", $"a burst of requests at the service itself, a little longer than Limits:Burst, at most {Most}", LookAtService);

    private static async Task<Diagnosis> LookAtFront(Examination examination, CancellationToken cancellation)
    {
        var asking = examination.Asking;
        if (await asking.Ready(withKey: false, mayFail: false, cancellation) is { } no)
            return no;
        return JudgeFront(asking.Front, await Burst(asking.ThroughFront, asking.Requests.Nothing, ForFront, cancellation));
    }

    private static async Task<Diagnosis> LookAtService(Examination examination, CancellationToken cancellation)
    {
        var asking = examination.Asking;
        if (!asking.MayFail(IPAddress.Loopback))
            return Asking.WouldBeBanned(IPAddress.Loopback);
        if (LongEnough(examination.Options.Limits) is not { } length)
            return Diagnosis.NotMade($"Limits:Burst and Limits:Rate are too high to be tried with {Most} requests", "# the article's are 10 and 5");
        return JudgeService(await Burst(await asking.Service(cancellation), () => asking.Requests.Empty(key: null), length, cancellation));
    }

    /// <summary>Enough requests to be refused within a second or two; null when that would be too many.</summary>
    internal static int? LongEnough(LimitOptions limits) => limits.Burst + limits.Rate * 3 + 10 is var length and <= Most ? (int)length : null;

    internal static Diagnosis JudgeFront(FrontServer front, Burst burst) => (burst, front.Kind) switch
    {
        ({ Limited: > 0 }, _) => Diagnosis.Pass($"{front} refused the {burst.FirstLimited}th of a burst"),
        ({ Answered: 0 }, _) => Diagnosis.NotMade($"{front} does not answer", "uploaderctl doctor"),
        (_, FrontKind.Apache) => Diagnosis.Warn(
            $"{front} let {burst.Answered} requests through at once: Apache has no such limit of its own, the service's holds",
            "# mod_qos (libapache2-mod-qos, QS_ClientEventLimitCount) or mod_evasive"),
        _ => Diagnosis.Fail($"{front} let {burst.Answered} requests through at once", Shipped.Mend(front)),
    };

    internal static Diagnosis JudgeService(Burst burst) => burst switch
    {
        { Limited: > 0 } => Diagnosis.Pass($"429 from the {burst.FirstLimited}th request of a burst on"),
        { Answered: 0 } => Diagnosis.Fail("the service does not answer", $"systemctl restart {Unit.Socket} {Unit.Web}"),
        _ => Diagnosis.Fail($"{burst.Answered} requests at once were not limited", $"systemctl restart {Unit.Web}"),
    };

    private static async Task<Burst> Burst(Conversation conversation, Func<HttpRequestMessage> request, int most, CancellationToken cancellation)
    {
        var burst = new Burst(0, 0, 0);
        for (var sent = 0; sent < most && burst.Limited == 0; sent += AtATime)
        {
            var replies = await Task.WhenAll(Enumerable.Range(0, AtATime).Select(_ => conversation.AskOnce(request, cancellation)));
            var limited = replies.Count(reply => reply.Status == 429);
            burst = new Burst(burst.Answered + replies.Count(reply => reply.Status != 0), limited, burst.Answered + AtATime - limited + 1);
        }

        return burst;
    }
}

/// <summary>What became of many requests at once.</summary>
/// <param name="FirstLimited">About the number of the first that was refused.</param>
internal readonly record struct Burst(int Answered, int Limited, int FirstLimited);
