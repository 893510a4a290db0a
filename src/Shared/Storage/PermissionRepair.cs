using Microsoft.Win32.SafeHandles;

namespace Uploader.Shared.Storage;

/// <summary>What became of a finding.</summary>
internal enum RepairOutcome
{
    Repaired,

    /// <summary>Some or all of it is as it was; <see cref="Repair.Reason"/> says why.</summary>
    NotRepaired,

    /// <summary>It is not, or no longer, something of ours; <see cref="Repair.Reason"/> says what.</summary>
    Foreign,

    /// <summary>Removed, or exchanged for another, since it was found. The next walk judges what is there now.</summary>
    Vanished,
}

/// <param name="Now">What it is after the attempt.</param>
internal readonly record struct Repair(RepairOutcome Outcome, Permissions Was, Permissions Now, string Reason = "");

/// <summary>
/// Brings one inode back to the wanted owner, group and mode. The handle is O_PATH: that names an inode without opening it, so
/// no FIFO blocks, no device starts, files we may not read are no exception, and a name that is exchanged a microsecond later
/// changes nothing. What <c>find -exec chmod</c> gets wrong is the name.
/// </summary>
internal static class PermissionRepair
{
    public static Repair Of(in Finding finding)
    {
        var found = finding.Found;
        var handle = finding.Open(out var isOurs, out var errno);
        if (handle is null)
        {
            var outcome = errno == Errno.NoEntry ? RepairOutcome.Vanished : RepairOutcome.NotRepaired;
            return new Repair(outcome, found.Permissions, found.Permissions, PosixException.Describe("openat", errno));
        }

        try
        {
            return Of(handle, found, finding.Wanted);
        }
        finally
        {
            if (isOurs)
                handle.Dispose();
        }
    }

    private static Repair Of(SafeFileHandle handle, in Statx found, Permissions wanted)
    {
        var held = Posix.Status(handle);
        if (!held.IsSameInode(found) || held.Kind != found.Kind || held.IsMountPoint != found.IsMountPoint)
            return new Repair(RepairOutcome.Vanished, found.Permissions, found.Permissions);
        if (ForeignKind(held) is { } kind)
            return new Repair(RepairOutcome.Foreign, held.Permissions, held.Permissions, kind);

        // Owner first: from then on the former one can no longer change the mode back, and chown(2) itself clears setuid bits. The
        // mode also where the owner could not be changed: half a repair is better than none.
        var failure = Try(() => ChangeOwner(handle, held.Permissions, wanted));
        failure = Try(() => ChangeMode(handle, wanted)) ?? failure;
        var now = Posix.Status(handle).Permissions;
        return now == wanted
            ? new Repair(RepairOutcome.Repaired, held.Permissions, now)
            : new Repair(RepairOutcome.NotRepaired, held.Permissions, now, failure?.Reason ?? "changed meanwhile");
    }

    private static string? ForeignKind(in Statx held) => held.IsFolder ? null // A mount point only where it is the root itself.
        : Verdict.ForeignKind(held) ?? (Verdict.IsHardLinked(held) ? Verdict.HardLink : null);

    private static void ChangeOwner(SafeFileHandle handle, Permissions was, Permissions wanted)
    {
        uint? user = was.UserId == wanted.UserId ? null : wanted.UserId;
        uint? group = was.GroupId == wanted.GroupId ? null : wanted.GroupId;
        if (user is not null || group is not null)
            Posix.ChangeOwner(handle, user, group);
    }

    private static void ChangeMode(SafeFileHandle handle, Permissions wanted)
    {
        if (Posix.Status(handle).Permissions.Mode != wanted.Mode)
            Posix.ChangeModeOfPathOnly(handle, wanted.Mode);
    }

    private static PosixException? Try(Action change)
    {
        try
        {
            change();
            return null;
        }
        catch (PosixException e)
        {
            return e;
        }
    }
}
