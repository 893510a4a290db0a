using System.Text;
using Uploader.Ctl.Doctor.Fronts;
using Uploader.Ctl.Doctor.Hosts;
using Uploader.Shared.Storage;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>The whole way: a small file through the server in front, as it lies on the disk, and gone again. And who the service believed its sender to be.</summary>
internal static class UploadStored
{
    public static Check Check { get; } = Check.Asking(
        "upload-stored", "An upload is stored as it should be", "a small .png through the server in front; mode, owner and attributes of the stored file, which is removed again", Look);

    public static Check Address { get; } = Check.Asking(
        "client-address", "The service knows the real address of a client, whatever the client claims", "an upload with forged forwarding headers, and the address that is kept with the file", LookAtAddress);

    private static async Task<Diagnosis> Look(Examination examination, CancellationToken cancellation)
    {
        var asking = examination.Asking;
        if (await asking.Ready(withKey: true, mayFail: false, cancellation) is { } no)
            return no;
        var reply = await asking.ThroughFront.Ask(() => asking.Requests.Upload(asking.Key, "doctor-probe.png", Requests.Pixel), cancellation);
        return Judge(reply, await examination.Wanted(cancellation), TakeAway(examination.Root, reply.Field("path")));
    }

    private static async Task<Diagnosis> LookAtAddress(Examination examination, CancellationToken cancellation)
    {
        const string Forged = "192.0.2.77";
        var asking = examination.Asking;
        if (await asking.Ready(withKey: true, mayFail: true, cancellation) is { } no)
            return no;
        var reply = await asking.ThroughFront.Ask(
            () => Requests.Claiming(asking.Requests.Upload(asking.Key, "doctor-probe.png", Requests.Pixel), Forged), cancellation);
        var stored = TakeAway(examination.Root, reply.Field("path"));
        return JudgeAddress(asking.Front, reply, stored?.Known.From, Forged);
    }

    internal static Diagnosis Judge(Reply reply, WantedPermissions? wanted, Stored? stored)
    {
        if (reply.Status != 201)
            return Diagnosis.Fail($"an upload of a small .png is answered with {reply.Said}{(reply.Field("title") is { } title ? $" ({title})" : "")}", Unit.LookAt(Unit.Web));
        if (stored is null)
            return Diagnosis.Fail("the service answered 201, and the file is not there", "# Storage:Root of the service is another one than in the configuration: restart it");
        var parts = new List<Diagnosis>();
        if (stored.Found != wanted?.File)
            parts.Add(Diagnosis.Fail($"the file was stored as {stored.Found}, not {wanted?.File}", $"systemctl restart {Unit.Web}"));
        if (stored.Known is not { Name: not null, Sha256: not null, Type: "image/png", Key: not null, From: not null })
            parts.Add(Diagnosis.Fail("what is known of the file is not beside it (user.uploader.*)", "# use a file system with user attributes: ext4, xfs, btrfs"));
        return Diagnosis.Of(parts, $"201, {stored.Found}, with its attributes");
    }

    internal static Diagnosis JudgeAddress(FrontServer front, Reply reply, string? from, string forged)
    {
        var believed = Diagnosis.Fail($"{front} passes on what a client claims, and the service believes it: bans fall on others", Shipped.Mend(front));
        // The doctor's key is good from here and nowhere else, and without the claim it was.
        if (reply.Status == 401)
            return believed;
        if (reply.Status != 201)
            return Diagnosis.NotMade($"the upload is answered with {reply.Said}", "uploaderctl doctor");
        return from switch
        {
            null => Diagnosis.NotMade("no address is kept with the file", "# use a file system with user attributes: ext4, xfs, btrfs"),
            _ when from == forged => believed,
            _ when from == front.Connect.Address.ToString() => Diagnosis.Pass($"{from}, not the {forged} that was claimed"),
            _ => Diagnosis.Warn($"the service saw {from}, and the upload came from {front.Connect.Address}", Shipped.Mend(front)),
        };
    }

    /// <summary>Looks at a stored file and removes it, by descriptor.</summary>
    /// <param name="path">As the service told it; anything but four plain names is none.</param>
    private static Stored? TakeAway(string root, string? path)
    {
        if (path?.Split('/') is not { Length: 4 } names || Array.Exists(names, name => name is "" or "." or ".."))
            return null;
        using var top = Folder.OpenRoot(root);
        using var year = top.Open(names[0]);
        using var month = year.Open(names[1]);
        using var day = month.Open(names[2]);
        using var file = Posix.TryOpenAt(day.Handle, Encoding.UTF8.GetBytes(names[3] + '\0'), OpenFlags.ReadOnly | OpenFlags.NonBlocking, out _);
        if (file is null)
            return null;
        var stored = new Stored(Posix.Status(file).Permissions, StoredMetadata.Of(file));
        day.Unlink(names[3]);
        return stored;
    }

    /// <summary>A file as it was found.</summary>
    internal sealed record Stored(Permissions Found, StoredMetadata Known);
}
