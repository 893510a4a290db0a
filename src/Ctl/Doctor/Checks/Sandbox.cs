using Uploader.Ctl.Doctor.Fronts;
using Uploader.Ctl.Doctor.Hosts;
using static Uploader.Ctl.Doctor.Hosts.Directive;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>The units are as strict as they were shipped: whatever a drop-in, or a unit of the same name in /etc, makes weaker is named.</summary>
internal static class Sandbox
{
    private static readonly Directive[] Directives =
    [
        Exactly("User"), Exactly("Group"), Gives("SupplementaryGroups"), Exactly("UMask"), Exactly("LimitCORE"),
        Switch("NoNewPrivileges"), Allows("CapabilityBoundingSet"), Gives("AmbientCapabilities"), Switch("PrivateUsers"), Level("KeyringMode", "shared", "inherit", "private"), Switch("RemoveIPC"),
        Level("ProtectSystem", "no", "yes", "full", "strict"), Gives("ReadWritePaths"), Forbids("NoExecPaths"), Gives("ExecPaths"), Forbids("InaccessiblePaths"),
        Level("ProtectHome", "no", "read-only", "tmpfs", "yes"), Switch("PrivateTmp"), Switch("PrivateMounts"), Switch("PrivateDevices"), Level("DevicePolicy", "auto", "closed", "strict"), Gives("DeviceAllow"),
        Level("ProtectProc", "default", "no", "noaccess", "ptraceable", "invisible"), Level("ProcSubset", "all", "no", "pid"),
        Switch("ProtectClock"), Switch("ProtectControlGroups"), Switch("ProtectHostname"), Switch("ProtectKernelLogs"), Switch("ProtectKernelModules"), Switch("ProtectKernelTunables"),
        Switch("PrivateNetwork"), Allows("RestrictAddressFamilies"), Forbids("IPAddressDeny"), Gives("IPAddressAllow"),
        Allows("SystemCallArchitectures"), Filter("SystemCallFilter"), Switch("LockPersonality"), Switch("RestrictNamespaces"), Switch("RestrictRealtime"), Switch("RestrictSUIDSGID"), Switch("MemoryDenyWriteExecute"),
        Exactly("SocketUser"), Exactly("SocketGroup"), Exactly("SocketMode"), Gives("ListenStream"),
        Gives("BindPaths"), Gives("BindReadOnlyPaths"), Gives("JoinsNamespaceOf"), Gives("PassEnvironment"), Gives("LoadCredential"), Gives("PermissionsStartOnly"),
    ];

    /// <summary>What an operator may well set: how much and how long, not what is allowed.</summary>
    private static readonly string[] Tunable =
    [
        "Memory", "Tasks", "Limit", "CPU", "IO", "Nice", "OOM", "Timeout", "Restart", "StartLimit", "Watchdog", "Environment", "Description", "Documentation", "After", "Before", "Wants", "OnFailure", "OnSuccess",
        "Backlog", "MaxConnections", "Slice", "LogRate", "Requires", "PartOf", "Condition", "Assert", "TriggerLimit", "Poll",
    ];

    public static Check Web { get; } = Of("sandbox-web", Unit.Web);

    public static Check Worker { get; } = Of("sandbox-worker", Unit.Worker);

    public static Check Socket { get; } = Of("sandbox-socket", Unit.Socket);

    private static Check Of(string id, string unit) => Check.Of(
        id, $"{unit} is as strict as it was shipped", "the unit's file and drop-ins, directive by directive, against the shipped unit", (examination, cancellation) => Look(unit, examination, cancellation));

    private static async Task<Diagnosis> Look(string name, Examination examination, CancellationToken cancellation)
    {
        if (await examination.Unit(name, cancellation) is not { } unit)
            return Systemd.IsMissing;
        if (!unit.IsLoaded)
            return Diagnosis.Fail($"{name} is {unit.Of("LoadState")}", "apt-get install --reinstall uploader");
        return Judge(name, UnitText.Read(unit.Files), new([.. UnitText.Parse(name, Shipped.Text(name))]), unit.Of("NeedDaemonReload") == "yes");
    }

    /// <param name="name">The unit's.</param>
    /// <param name="live">As it is on this host.</param>
    /// <param name="shipped">As it should be.</param>
    /// <param name="isStale">It was edited since systemd read it.</param>
    internal static Diagnosis Judge(string name, UnitText live, UnitText shipped, bool isStale)
    {
        var revert = Systemd.Revert(name);
        var parts = Directives.Where(directive => directive.IsWeaker(live, shipped)).Select(directive => Diagnosis.Fail(
            $"{directive.Key}={string.Join(' ', live.Values(directive.Key) ?? ["(not set)"])} is weaker than shipped ({string.Join(' ', shipped.Values(directive.Key) ?? ["(not set)"])})"
            + (live.FileOf(directive.Key) is { } file ? $", by {file}" : ""),
            revert)).ToList();
        parts.AddRange(Unknown(live, shipped).Select(assignment => Diagnosis.Warn($"{assignment.File} sets {assignment.Key}=, which the shipped unit does not", revert)));
        if (isStale)
            parts.Add(Diagnosis.Warn("it was edited since systemd read it", $"systemctl daemon-reload && systemctl restart {name}"));
        return Diagnosis.Of(parts, $"{Directives.Count(directive => shipped.Values(directive.Key) is not null)} directives are as shipped");
    }

    private static IEnumerable<Assignment> Unknown(UnitText live, UnitText shipped) => live.Assignments
        .Where(assignment => assignment.Section is "Service" or "Socket"
            && !Tunable.Any(start => assignment.Key.StartsWith(start, StringComparison.Ordinal))
            && Array.TrueForAll(Directives, directive => directive.Key != assignment.Key)
            && !(shipped.Values(assignment.Key) ?? []).Contains(assignment.Value))
        .DistinctBy(assignment => assignment.Key);
}
