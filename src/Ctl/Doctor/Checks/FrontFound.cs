using Uploader.Ctl.Doctor.Fronts;
using Uploader.Ctl.Doctor.Hosts;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>A web server stands in front, and reaches the service.</summary>
internal static class FrontFound
{
    public static Check Check { get; } = Check.Asking("front", "A web server in front passes uploads on", "the configuration of nginx (nginx -T) and Apache, or --front; and an answer from it", Look);

    private static async Task<Diagnosis> Look(Examination examination, CancellationToken cancellation)
    {
        var asking = examination.Asking;
        if (await asking.Ready(withKey: false, mayFail: false, cancellation) is not null)
            return Judge(null, Reply.None(""));
        return Judge(asking.Front, await asking.ThroughFront.Ask(asking.Requests.Nothing, cancellation));
    }

    internal static Diagnosis Judge(FrontServer? front, Reply reply) => (front, reply.Status) switch
    {
        (null, _) => Diagnosis.Fail(
            "neither nginx nor Apache has a site that passes uploads on",
            "# /usr/share/doc/uploader/examples holds a site for each; or name the server: uploaderctl doctor --front https://NAME"),
        (_, 0) => Diagnosis.Fail($"{front} answers with {reply.Said}", front.Kind switch
        {
            FrontKind.Nginx => "systemctl restart nginx",
            FrontKind.Apache => "systemctl restart apache2",
            _ => "# start it",
        }),
        (_, >= 500) => Diagnosis.Fail($"{front} does not reach the service: {reply.Said}", $"systemctl restart {Unit.Socket} {Unit.Web}"),
        _ => Diagnosis.Pass($"{front}"),
    };
}
