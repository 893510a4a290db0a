using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Uploader.Shared.Storage;

/// <summary>
/// Users and groups, by name or number. Through the C library and not <c>/etc/passwd</c>, because units with <c>DynamicUser=</c> and sites
/// with LDAP have accounts that are in no file (nsswitch.conf(5)).
/// </summary>
internal static class Accounts
{
    private const int FirstBuffer = 4 * 1024;
    private const int LastBuffer = 1024 * 1024;

    // For display only: an account that is renamed while we run keeps its old name in our events until the next start.
    private static readonly ConcurrentDictionary<uint, string> UserNames = new();
    private static readonly ConcurrentDictionary<uint, string> GroupNames = new();

    private delegate int Lookup<TEntry>(byte[] buffer, out TEntry entry, out nint found);

    public static uint CurrentUser => Libc.GetEUid();

    /// <summary>The user's number, or null when there is none of that name. Digits are the number itself.</summary>
    public static uint? FindUser(string name) => Number(name) ?? Find(
        (byte[] buffer, out Libc.Passwd entry, out nint found) => Libc.GetPwNam(name, out entry, ref buffer[0], (nuint)buffer.Length, out found),
        OfUser)?.Id;

    /// <summary>The group's number, or null when there is none of that name. Digits are the number itself.</summary>
    public static uint? FindGroup(string name) => Number(name) ?? Find(
        (byte[] buffer, out Libc.Group entry, out nint found) => Libc.GetGrNam(name, out entry, ref buffer[0], (nuint)buffer.Length, out found),
        OfGroup)?.Id;

    /// <summary>The user's name, or its number when it has none.</summary>
    public static string UserName(uint user) => UserNames.GetOrAdd(user, static id => Find(
        (byte[] buffer, out Libc.Passwd entry, out nint found) => Libc.GetPwUid(id, out entry, ref buffer[0], (nuint)buffer.Length, out found),
        OfUser)?.Name ?? Digits(id));

    /// <summary>The group's name, or its number when it has none.</summary>
    public static string GroupName(uint group) => GroupNames.GetOrAdd(group, static id => Find(
        (byte[] buffer, out Libc.Group entry, out nint found) => Libc.GetGrGid(id, out entry, ref buffer[0], (nuint)buffer.Length, out found),
        OfGroup)?.Name ?? Digits(id));

    private static Account? Find<TEntry>(Lookup<TEntry> lookup, Func<TEntry, Account> read)
    {
        for (var length = FirstBuffer; ; length *= 4)
        {
            // Pinned: the entry that comes back points into it.
            var buffer = GC.AllocateUninitializedArray<byte>(length, pinned: true);
            var errno = lookup(buffer, out var entry, out var found);
            if (errno == Errno.OutOfRange && length < LastBuffer)
                continue; // A group with very many members.

            var account = found == 0 ? null : read(entry);
            GC.KeepAlive(buffer);
            return account;
        }
    }

    private static Account OfUser(Libc.Passwd entry) => new(entry.UserId, Marshal.PtrToStringUTF8(entry.Name) ?? Digits(entry.UserId));

    private static Account OfGroup(Libc.Group entry) => new(entry.GroupId, Marshal.PtrToStringUTF8(entry.Name) ?? Digits(entry.GroupId));

    private static uint? Number(string name) => uint.TryParse(name, NumberStyles.None, null, out var number) ? number : null;

    private static string Digits(uint id) => id.ToString(CultureInfo.InvariantCulture);

    private sealed record Account(uint Id, string Name);
}
