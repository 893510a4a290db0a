using Uploader.Shared.Journal;
using Uploader.Web.Addressing;
using Uploader.Web.Committing;

namespace Uploader.Web.Reporting;

/// <summary>Writes what was stored, and what went wrong on our side, to the journal.</summary>
internal sealed class UploadLog(ILogger<UploadLog> logger)
{
    public void Accepted(IReadOnlyList<FileOutcome> outcomes, ClientAddress client, string keyName)
    {
        foreach (var outcome in outcomes)
        {
            if (outcome is { Stored: { } stored, Type: { } type, Sha256: { } sha256 })
                logger.UploadAccepted(outcome.Name, outcome.Size, type.MediaType, stored.Path, keyName, client.ToString(), stored.Id, sha256);
        }
    }

    public void Faulted(ClientAddress client, string traceId, Exception fault) => logger.UploadFaulted(client.ToString(), traceId, fault);
}
