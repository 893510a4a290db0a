using Uploader.Ctl.Doctor.Fronts;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>What is served of the uploads is for saving, and nothing guesses its type.</summary>
internal static class ServedAsAttachment
{
    public static Check Check { get; } = Check.Asking(
        "served-as-attachment", "Stored files are served with nosniff and as attachment, or not at all", "the server in front, asked for a planted .png", Look);

    private static async Task<Diagnosis> Look(Examination examination, CancellationToken cancellation)
    {
        var asking = examination.Asking;
        if (await asking.Ready(withKey: false, mayFail: false, cancellation) is { } no)
            return no;
        if (await examination.Wanted(cancellation) is not { } wanted)
            return Diagnosis.NotMade("there is no such user or group", "systemd-sysusers");

        using var planted = new PlantedFiles(examination.Root, wanted, examination.Session.Now);
        var name = PlantedFiles.NewName() + ".png";
        planted.TryPlant(name, "planted by uploaderctl doctor\n");
        return Judge(asking.Front, await asking.ThroughFront.Ask(() => Requests.Get($"{ScriptTypesDenied.UrlOfUploads}{planted.Day}/{name}"), cancellation));
    }

    internal static Diagnosis Judge(FrontServer front, Reply reply)
    {
        if (reply.Status is 403 or 404)
            return Diagnosis.Pass($"{front} serves no stored files ({reply.Status})");
        if (reply.Status != 200)
            return Diagnosis.Fail($"{front} answers a request for a stored file with {reply.Said}", Shipped.Mend(front));
        (string Name, bool IsGood)[] headers =
        [
            ("X-Content-Type-Options", reply.Header("X-Content-Type-Options").Equals("nosniff", StringComparison.OrdinalIgnoreCase)),
            ("Content-Disposition", reply.Header("Content-Disposition").StartsWith("attachment", StringComparison.OrdinalIgnoreCase)),
            ("Content-Type", reply.Header("Content-Type") == "image/png"),
        ];
        return Diagnosis.Of(
            from header in headers where !header.IsGood select Diagnosis.Fail($"{front} serves a .png with {header.Name}: {(reply.Header(header.Name) is { Length: > 0 } value ? value : "nothing")}", Shipped.Mend(front)),
            $"{front} serves a .png as an attachment, nosniff, image/png");
    }
}
