using System.Text;
using Uploader.Ctl.Doctor;

namespace Ctl.Tests.Doctor;

/// <summary>docs/doctor.md, written from the checklist.</summary>
internal static class DoctorDocument
{
    public static string Write()
    {
        var page = new StringBuilder("""
            # What doctor checks

            `sudo uploaderctl doctor` looks at the live host, line by line: what was looked at, `pass`, `warn` or `fail`, and for the last two the command that mends it, as root's shell takes it. A line that begins with `#` is advice:
            no command can decide that. The exit status is 0 when nothing fails; with `--strict` a warning fails too. `-o json` gives `{id, title, looked, verdict, finding, mend}` for each; the ids do not change.

            What could not be checked is never a pass: it is a warning, or a failure, that says what would make it possible.

            Checks marked "asks" send requests or plant files, as a client or an attacker would, and leave nothing behind: what is planted and uploaded is removed, and the key they send with is a line in the key file for the time of the
            examination, good for two minutes and from this host only. `--no-send` leaves them out, `--key FILE` sends with a key of yours. They come from loopback, which is never banned; where `Bans:IgnoreIp` and `Proxies:Trusted`
            say otherwise, those that would count as failures are left out. The web server in front is found by its configuration, or named by `--front https://NAME`; the connection always goes to this host.

            `uploaderctl doctor --shipped fileuploader-web.service` prints that unit as it was shipped, and the other units and snippets by their names.

            """);
        foreach (var group in Checklist.Groups)
        {
            page.Append($"\n## {group.Title}\n\n| id | what has to be so | what is looked at | |\n| --- | --- | --- | --- |\n");
            foreach (var check in group.Checks)
                page.Append($"| `{check.Id}` | {check.Title} | {check.Looked} | {(check.Asks ? "asks" : "")} |\n");
        }

        return page.ToString();
    }
}
