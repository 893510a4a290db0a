using Uploader.Ctl.Doctor.Fronts;
using Uploader.Ctl.Doctor.Hosts;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>Step 4 of the article: extension and content must be allowed, and agree.</summary>
internal static class TypeLimits
{
    private static readonly byte[] Script = [.. "<?php phpinfo(); ?>\n"u8];

    public static Check Check { get; } = Check.Asking(
        "type-limits", "Files of other types are refused", "uploads through the server in front: a .php, a .png.php, and a script that calls itself .png", Look);

    private static async Task<Diagnosis> Look(Examination examination, CancellationToken cancellation)
    {
        var asking = examination.Asking;
        if (await asking.Ready(withKey: true, mayFail: true, cancellation) is { } no)
            return no;
        var replies = new List<(string, Reply)>();
        foreach (var name in (string[])["probe.php", "probe.png.php", "probe.png"])
            replies.Add((name, await asking.ThroughFront.Ask(() => asking.Requests.Upload(asking.Key, name, Script), cancellation)));
        return Judge(replies);
    }

    internal static Diagnosis Judge(IReadOnlyList<(string Name, Reply Reply)> replies) => Diagnosis.Of(
        replies.Where(reply => reply.Reply.Status != 400).Select(reply => Diagnosis.Fail(
            $"a script as {reply.Name} is answered with {reply.Reply.Said}, not 400", reply.Reply.Status == 201
                ? $"# it is stored as {reply.Reply.Field("path")}; see Limits:AllowedTypes, and that the program is the one that was shipped: dpkg --verify uploader"
                : Unit.LookAt(Unit.Web))),
        "all three were refused with 400");
}
