using System.Text;
using Microsoft.Win32.SafeHandles;
using Uploader.Shared.Storage;

namespace Uploader.Shared.Ledger;

/// <summary>
/// What the web process tells of its ban list: up to which revision of which ledger it is current. A small file beside the ledger, locked as long as the
/// process lives: the word of a dead one is never believed (docs/adr/0022).
/// </summary>
internal sealed class BanListMark(string directory) : IDisposable
{
    private const string Name = "banlist.mark";

    private readonly string _path = PathIn(directory);
    private SafeFileHandle? _file;
    private BanListPlace? _told;

    /// <summary>Called after each refresh; writes only what is new.</summary>
    public void Tell(BanListPlace place)
    {
        if (_file is not null && place == _told)
            return;
        try
        {
            if (!TryTakeFile())
                return;
            long offset = 0;
            Posix.WriteAll(_file!, Encoding.ASCII.GetBytes(place.Write()), ref offset);
            _told = place;
        }
        catch (PosixException)
        {
            // Without the lock nobody believes what the file says, and whoever asks hears that it is not known. The next refresh tries again.
            Dispose();
        }
    }

    /// <summary>How far the ban list of the running web process is; null when none runs, or it has not read the bans yet.</summary>
    /// <exception cref="PosixException">No permission.</exception>
    public static BanListPlace? Read(string directory)
    {
        try
        {
            using var file = Posix.Open(PathIn(directory), OpenFlags.ReadOnly);
            return Posix.TryLock(file) ? null : BanListPlace.Parse(Settled(file));
        }
        catch (PosixException e) when (e.Errno == Errno.NoEntry)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    // A reader has it for a moment, a process of before for as long as it takes to end: the next refresh asks again.
    private bool TryTakeFile()
    {
        if (_file is not null)
            return true;
        var file = LedgerHandle.OpenOrCreate(_path);
        if (Posix.TryLock(file))
            _file = file;
        else
            file.Dispose();
        return _file is not null;
    }

    /// <summary>A read may meet a write half way; two that agree have not.</summary>
    private static string Settled(SafeFileHandle file)
    {
        var (before, now) = ("", Once(file));
        while (before != now)
            (before, now) = (now, Once(file));
        return now;
    }

    private static string Once(SafeFileHandle file)
    {
        Span<byte> bytes = stackalloc byte[BanListPlace.Length];
        return Encoding.ASCII.GetString(bytes[..Posix.Read(file, 0, bytes)]);
    }

    private static string PathIn(string directory) => Path.Join(directory, Name);
}
