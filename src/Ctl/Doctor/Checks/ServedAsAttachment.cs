using Uploader.Ctl.Doctor.Fronts;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>What is served of the uploads is for saving, and nothing guesses its type.</summary>
internal static class ServedAsAttachment
{
    public static Check Check { get; } = Check.Asking(
        "served-as-attachment", "Stored files are served with nosniff and as attachment, or not at all", "the server in front, asked for a planted .png", Look);

    private static Task<Diagnosis> Look(Examination examination, CancellationToken cancellation) => Planting.Look(
        examination,
        async ask => Judge(examination.Asking.Front, await ask(PlantedFiles.NewName() + ".png", "planted by uploaderctl doctor\n")),
        cancellation);

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
