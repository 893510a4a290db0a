using Uploader.Shared.Journal;
using Uploader.Web.Addressing;
using Uploader.Web.Committing;

namespace Uploader.Web.Reporting;

/// <summary>Counts what was stored, and what went wrong on our side, and writes it to the journal.</summary>
internal sealed class UploadLog(Tally tally, ILogger<UploadLog> logger)
{
    public void Accepted(IReadOnlyList<FileOutcome> outcomes, ClientAddress client, string keyName)
    {
        foreach (var outcome in outcomes)
        {
            if (outcome is not { Stored: { } stored, Type: { } type, Sha256: { } sha256 })
                continue;
            tally.Stored(outcome.Size);
            logger.UploadAccepted(outcome.Name, outcome.Size, type.MediaType, stored.Path, keyName, client.ToString(), stored.Id, sha256);
            foreach (var report in outcome.Reports)
                logger.RuleReported(stored.Path, report.Rule.Code, report.What, report.Offset, keyName, client.ToString());
        }
    }

    public void Faulted(ClientAddress client, string traceId, Exception fault)
    {
        tally.Faulted();
        logger.UploadFaulted(client.ToString(), traceId, fault);
    }
}
