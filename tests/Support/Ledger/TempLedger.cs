using Microsoft.Extensions.Logging;
using Uploader.Shared.Ledger;

namespace Support.Ledger;

/// <summary>A real ledger in a directory of its own.</summary>
internal sealed class TempLedger : IDisposable
{
    public TempLedger(TimeProvider? time = null, string? directory = null)
    {
        // Not below /tmp: the hammers have one of their own.
        Directory = directory ?? System.IO.Directory.CreateDirectory($"/var/tmp/ledger-{Guid.NewGuid():N}").FullName;
        Time = time ?? TimeProvider.System;
        File = Open();
    }

    public string Directory { get; }

    public string DataPath => Path.Combine(Directory, "ledger.db");

    public TimeProvider Time { get; }

    public EventLog<LedgerFile> Log { get; } = new();

    public LedgerFile File { get; }

    /// <summary>What another process would hold.</summary>
    public LedgerFile Open(TimeSpan? patience = null) => new(Directory, Time, Log, patience ?? TimeSpan.FromSeconds(5));

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
