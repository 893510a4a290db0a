using Uploader.Ctl.Commands;
using Uploader.Ctl.Doctor.Hosts;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>No plain key where the article had it: in an environment file, a unit, or a process's environment.</summary>
internal static class NoKeyInEnvironment
{
    public static Check Check { get; } = Check.Of(
        "no-key-in-environment", "No plain key in any environment or unit", "environment files, units and drop-ins, /proc/PID/environ of both processes", Look);

    private static async Task<Diagnosis> Look(Examination examination, CancellationToken cancellation)
    {
        var (files, places) = (new SortedSet<string>(StringComparer.Ordinal) { ServiceEnvironment.Path }, new List<Place>());
        foreach (var name in (string[])[Unit.Web, Unit.Worker])
        {
            if (await examination.Unit(name, cancellation) is not { } unit)
                return Systemd.IsMissing;
            files.UnionWith(unit.EnvironmentFiles);
            places.AddRange(unit.Files.Select(file => new Place(file, Kind.Unit, name, [.. InUnit(file, File.ReadAllText(file))])));
            if (unit.MainPid > 0)
                places.Add(new($"the environment of {name} (process {unit.MainPid})", Kind.Process, name, [.. Variables(File.ReadAllText($"/proc/{unit.MainPid}/environ").Split('\0'))]));
        }

        places.AddRange(files.Where(File.Exists).Select(file => new Place(file, Kind.File, Unit.Web, [.. Variables(File.ReadLines(file))])));
        return Judge(places);
    }

    internal static Diagnosis Judge(IReadOnlyList<Place> places) => Diagnosis.Of(
        from place in places
        from variable in place.Variables
        where Secrets.IsSecret(variable.Name, variable.Value)
        select Diagnosis.Fail($"{place.Name} holds a secret in {variable.Name}", place.Kind switch
        {
            Kind.File => $"sed -i '/^[[:space:]]*{variable.Name}[[:space:]]*=/d' {Shell.Quote(place.Name)} && systemctl restart {Unit.Web} {Unit.Worker}\n# its clients need a key of their own: uploaderctl keys new NAME",
            Kind.Unit => Systemd.Revert(place.Unit),
            _ => $"systemctl unset-environment {variable.Name}; systemctl restart {place.Unit}",
        }),
        $"{places.Count} places hold none");

    internal static IEnumerable<Variable> Variables(IEnumerable<string> lines) =>
        from line in lines.Select(line => line.TrimStart())
        where !line.StartsWith('#') && line.IndexOf('=') > 0
        let at = line.IndexOf('=')
        select new Variable(line[..at].TrimEnd(), line[(at + 1)..].Trim().Trim('"', '\''));

    /// <summary>Assignments of <c>Environment=</c>, and keys that stand in any other line.</summary>
    internal static IEnumerable<Variable> InUnit(string file, string text) =>
        from assignment in UnitText.Parse(file, text)
        from variable in assignment.Key == "Environment" ? Variables(assignment.Value.Split(' ').Select(word => word.Trim('"', '\''))) : [new(assignment.Key, assignment.Value)]
        select variable;

    internal enum Kind
    {
        File,
        Unit,
        Process,
    }

    internal sealed record Place(string Name, Kind Kind, string Unit, IReadOnlyList<Variable> Variables);

    internal readonly record struct Variable(string Name, string Value);
}
