using Uploader.Ctl.Doctor.Fronts;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>What the server in front makes of stored files: it is asked for harmless ones, which are planted in today's folder and removed again.</summary>
internal static class Planting
{
    private const string UrlOfUploads = "/uploads/";

    /// <summary>Plants a file and asks for it. Of another's file of that name the answer is as good.</summary>
    public delegate Task<Reply> Ask(string file, string content);

    public static async Task<Diagnosis> Look(Examination examination, Func<Ask, Task<Diagnosis>> look, CancellationToken cancellation)
    {
        var asking = examination.Asking;
        if (await asking.Ready(withKey: false, mayFail: false, cancellation) is { } no)
            return no;
        if (await examination.Wanted(cancellation) is not { } wanted)
            return Diagnosis.NotMade("there is no such user or group", "systemd-sysusers");

        using var planted = new PlantedFiles(examination.Root, wanted, examination.Session.Now);
        return await look((file, content) =>
        {
            planted.TryPlant(file, content);
            return asking.ThroughFront.Ask(() => Requests.Get($"{UrlOfUploads}{planted.Day}/{file}"), cancellation);
        });
    }
}
