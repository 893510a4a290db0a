using Uploader.Shared.Scanning;
using Uploader.Shared.Storage;
using Uploader.Web.Refusals;

namespace Uploader.Web.Scanning;

/// <summary>Lets through what the virus scanner calls clean, and nothing while it says nothing. Without a scanner everything passes.</summary>
internal sealed class ScanGate(Clamd? clamd, ScannerSign sign)
{
    public async Task<Refusal?> Refuses(StagedFile file, CancellationToken aborted)
    {
        if (clamd is null)
            return null;
        var verdict = await clamd.Scan(file, aborted);
        sign.Hear((verdict as ScanVerdict.Unavailable)?.Reason);
        return verdict switch
        {
            ScanVerdict.Clean => null,
            ScanVerdict.Infected infected => Catalogue.Infected with { Evidence = infected.Signature },
            _ => Catalogue.ScannerUnavailable,
        };
    }
}
