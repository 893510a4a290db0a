namespace Uploader.Shared.Ledger;

/// <summary>Somebody held the ledger's lock for longer than we wait: a stopped or hung process, or a shell that ran flock(1) and was forgotten.</summary>
internal sealed class LedgerBusyException : LedgerUnavailableException
{
    public LedgerBusyException()
    {
    }

    public LedgerBusyException(string message)
        : base(message)
    {
    }

    public LedgerBusyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
