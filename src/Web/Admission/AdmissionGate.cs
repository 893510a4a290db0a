using Uploader.Shared.Configuration;
using Uploader.Shared.Keys;
using Uploader.Web.Addressing;
using Uploader.Web.RateLimiting;
using Uploader.Web.Receiving;
using Uploader.Web.Refusals;

namespace Uploader.Web.Admission;

/// <summary>Decides from the headers alone whether there is a place and room for this body, and holds both for it.</summary>
internal sealed class AdmissionGate(LimitOptions limits, ConcurrencyGate concurrency, DiskGauge gauge, QuotaGate quotas)
{
    public Refusal? Refuses(HttpRequest request, ClientAddress client, NamedKey key, UploadForm form, out Admitted admitted)
    {
        admitted = Admitted.None;
        var allowance = new Allowance(limits, key.Options, form);
        if (allowance.RefusesRequest(request.ContentLength ?? 0) is { } tooLarge)
            return tooLarge;
        if (!gauge.IsKnown)
            return Catalogue.Busy.Because("The service is still measuring its disk; try again shortly.");
        // Room first: to ask for it may throw (no such file system), and by then no place must be taken.
        if (gauge.TryReserve(request.ContentLength ?? 0) is not { } reservation)
            return Catalogue.DiskFull;
        if (quotas.Refuses(key, request.ContentLength, allowance.FormSize, out var quota) is { } used)
        {
            reservation.Dispose();
            return used;
        }

        if (concurrency.TryEnter(client.Counted) is not { } place)
        {
            quota!.Dispose();
            reservation.Dispose();
            return Catalogue.Busy;
        }

        admitted = new Admitted(place, reservation, quota, allowance);
        return null;
    }
}
