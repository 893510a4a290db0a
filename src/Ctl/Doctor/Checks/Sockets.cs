using System.Net;
using Uploader.Ctl.Doctor.Hosts;
using Uploader.Shared.Storage;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>The way in: loopback, and a socket for the web server's group alone.</summary>
internal static class Sockets
{
    private const UnixFileMode Wanted = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    public static Check Check { get; } = Check.Of("sockets", "The service listens on loopback and for the web server's group only", "what fileuploader-web.socket listens on, owner and mode of its unix socket", Look);

    private static async Task<Diagnosis> Look(Examination examination, CancellationToken cancellation)
    {
        if (await examination.Unit(Unit.Socket, cancellation) is not { } socket)
            return Judge([examination.Options.Web.Listen.ToString()], examination.Options.Storage.Group);
        return Judge([.. socket.Listens], examination.Options.Storage.Group);
    }

    private static Diagnosis Judge(IReadOnlyList<string> listens, string group) => listens.Count == 0
        ? Diagnosis.Fail("nothing listens", $"systemctl start {Unit.Socket}")
        : Diagnosis.Of(listens.Select(listen => listen.StartsWith('/') ? JudgeSocket(listen, Inode.Of(listen), Accounts.FindGroup(group)) : JudgeAddress(listen)), string.Join(", ", listens));

    internal static Diagnosis JudgeAddress(string listen) => IPEndPoint.TryParse(listen, out var end) && IPAddress.IsLoopback(end.Address)
        ? Diagnosis.Pass(listen)
        : Diagnosis.Fail($"{listen} can be reached from outside, without TLS and without the limits of the web server in front", MendOf());

    internal static Diagnosis JudgeSocket(string path, Statx? inode, uint? group) => inode is null
        ? Diagnosis.Fail($"{path} is not there", MendOf())
        : JudgeSocket(path, inode.Value.Kind, inode.Value.Permissions, group);

    internal static Diagnosis JudgeSocket(string path, FileKind kind, Permissions found, uint? group)
    {
        if (kind != FileKind.Socket)
            return Diagnosis.Fail($"{path} is no socket", MendOf());
        return found.UserId == 0 && found.GroupId == group && found.Mode == Wanted
            ? Diagnosis.Pass(path)
            : Diagnosis.Fail($"{path} is {found}, should be 0660 root:{(group is { } id ? Accounts.GroupName(id) : "www-data")}", MendOf());
    }

    // The service holds the old sockets: it has to go before they do.
    private static string MendOf() => $"systemctl revert {Unit.Socket} && systemctl stop {Unit.Web} {Unit.Socket} && systemctl start {Unit.Socket} {Unit.Web}";
}
