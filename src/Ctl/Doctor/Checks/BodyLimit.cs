using Uploader.Ctl.Doctor.Fronts;
using Uploader.Ctl.Terminals;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>A hole of the article: nginx's own limit of 1 MB in front of a service that takes 50.</summary>
internal static class BodyLimit
{
    public static Check Check { get; } = Check.Asking(
        "body-limit", "The server in front lets through what the service takes", "a request that declares Limits:MaxRequestSize, through the server in front", Look);

    private static async Task<Diagnosis> Look(Examination examination, CancellationToken cancellation)
    {
        var asking = examination.Asking;
        if (await asking.Ready(withKey: true, mayFail: false, cancellation) is { } no)
            return no;
        var limit = examination.Options.Limits.MaxRequestSize;
        return Judge(asking.Front, limit, await asking.ThroughFront.Ask(() => asking.Requests.Declared(asking.Key, limit), cancellation));
    }

    internal static Diagnosis Judge(FrontServer front, long limit, Reply reply) => reply.Status switch
    {
        Reply.WantsBody => Diagnosis.Pass($"{front} takes {Shown.Bytes(limit)}"),
        413 => Diagnosis.Fail($"{front} takes less than {Shown.Bytes(limit)}, which the service takes", Shipped.Mend(front)),
        507 => Diagnosis.NotMade("the disk has no room for a file of that size", "uploaderctl status"),
        _ => Diagnosis.NotMade($"{front} answers with {reply.Said}", "uploaderctl doctor"),
    };
}
