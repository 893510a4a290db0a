using System.Diagnostics;
using Microsoft.Win32.SafeHandles;
using Uploader.Shared.Storage;

namespace Uploader.Shared.Ledger;

/// <summary>The right to touch the ledger's files: an exclusive flock(2) on <c>ledger.lock</c>, held until disposed.</summary>
internal sealed class LedgerLock : IDisposable
{
    private readonly SafeFileHandle _handle;

    private LedgerLock(SafeFileHandle handle) => _handle = handle;

    /// <exception cref="LedgerBusyException">It was not free within <paramref name="patience"/>.</exception>
    public static LedgerLock Take(string path, TimeSpan patience)
    {
        var handle = LedgerHandle.OpenOrCreate(path);
        try
        {
            // Asked for again and again instead of waited for: a peer that got SIGSTOP while it held the lock would hang a blocking flock(2)
            // for ever, and nobody would read why. SpinWait sleeps a millisecond a turn after its first few.
            var started = Stopwatch.GetTimestamp();
            var turn = default(SpinWait);
            while (!Posix.TryLock(handle))
            {
                if (Stopwatch.GetElapsedTime(started) > patience)
                    throw new LedgerBusyException($"{path} is held by another process for more than {patience.TotalSeconds:0.#} s");
                turn.SpinOnce();
            }

            return new LedgerLock(handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public void Dispose() => _handle.Dispose();
}
