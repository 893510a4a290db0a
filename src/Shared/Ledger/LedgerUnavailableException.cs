namespace Uploader.Shared.Ledger;

/// <summary>The ledger cannot be used now (disk full, no permission, held by somebody else). Nothing is lost; the same batch may be tried again.</summary>
internal class LedgerUnavailableException : Exception
{
    public LedgerUnavailableException()
    {
    }

    public LedgerUnavailableException(string message)
        : base(message)
    {
    }

    public LedgerUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
