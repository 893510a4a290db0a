using Uploader.Ctl.Doctor.Fronts;
using Uploader.Ctl.Doctor.Hosts;
using Uploader.Ctl.Terminals;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>Step 4 of the article: what is too large is refused before it is sent.</summary>
internal static class SizeLimits
{
    public static Check Check { get; } = Check.Asking(
        "size-limits", "Requests that are too large are refused", "a request that declares one byte more than Limits:MaxRequestSize, through the server in front and at the service itself", Look);

    private static async Task<Diagnosis> Look(Examination examination, CancellationToken cancellation)
    {
        var asking = examination.Asking;
        if (await asking.Ready(withKey: true, mayFail: true, cancellation) is { } no)
            return no;
        var limit = examination.Options.Limits.MaxRequestSize;
        var service = await asking.Service(cancellation);
        return Judge(
            limit,
            await asking.ThroughFront.Ask(() => asking.Requests.Declared(asking.Key, limit + 1), cancellation),
            await service.Ask(() => asking.Requests.Declared(asking.Key, limit + 1), cancellation));
    }

    internal static Diagnosis Judge(long limit, Reply throughFront, Reply service) => Diagnosis.Of(
        from reply in ((string Who, Reply Reply)[])[("the server in front", throughFront), ("the service", service)]
        where reply.Reply.Status != 413
        select Diagnosis.Fail($"{reply.Who} answers a request of {Shown.Bytes(limit)} and a byte with {reply.Reply.Said}, not 413", $"systemctl restart {Unit.Web}"),
        $"413 for more than {Shown.Bytes(limit)}");
}
