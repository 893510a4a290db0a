using System.Collections.Immutable;
using System.Globalization;

namespace Uploader.Ctl.Doctor.Hosts;

/// <summary>Who a process is and what it may: <c>/proc/PID/status</c> (proc(5)).</summary>
/// <param name="Users">Real, effective, saved and file system user.</param>
/// <param name="Groups">The same of groups, and the supplementary ones.</param>
/// <param name="Seccomp">2: a filter is in force.</param>
internal sealed record ProcessStatus(
    int Id, ImmutableArray<uint> Users, ImmutableArray<uint> Groups, ulong Effective, ulong Bounding, bool NoNewPrivileges, int Seccomp)
{
    /// <returns>Null when there is no such process.</returns>
    public static ProcessStatus? Read(int id)
    {
        try
        {
            return Parse(id, File.ReadAllText($"/proc/{id}/status"));
        }
        catch (IOException)
        {
            return null; // It ended.
        }
    }

    internal static ProcessStatus Parse(int id, string text)
    {
        var fields = text.Split('\n').Select(line => line.Split(':', 2)).Where(parts => parts.Length == 2)
            .ToDictionary(parts => parts[0], parts => parts[1].Trim(), StringComparer.Ordinal);
        ImmutableArray<uint> Numbers(string field) =>
            [.. fields.GetValueOrDefault(field, "").Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(number => uint.Parse(number, CultureInfo.InvariantCulture))];
        ulong Mask(string field) => ulong.TryParse(fields.GetValueOrDefault(field, ""), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var mask) ? mask : 0;
        return new(id, Numbers("Uid"), [.. Numbers("Gid"), .. Numbers("Groups")], Mask("CapEff"), Mask("CapBnd"),
            fields.GetValueOrDefault("NoNewPrivs") == "1", int.TryParse(fields.GetValueOrDefault("Seccomp"), out var mode) ? mode : 0);
    }
}
