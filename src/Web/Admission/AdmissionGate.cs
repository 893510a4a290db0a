using Uploader.Shared.Configuration;
using Uploader.Web.Addressing;
using Uploader.Web.RateLimiting;
using Uploader.Web.Refusals;

namespace Uploader.Web.Admission;

/// <summary>Decides from the headers alone whether there is a place and room for this body, and holds both for it.</summary>
internal sealed class AdmissionGate(LimitOptions limits, ConcurrencyGate concurrency, DiskGauge gauge)
{
    public Refusal? Refuses(HttpRequest request, ClientAddress client, out Admitted admitted)
    {
        admitted = Admitted.None;
        if (request.ContentLength > limits.MaxRequestSize)
            return Catalogue.TooLarge.Because($"A request may hold at most {ByteSize.Write(limits.MaxRequestSize)}, a file {ByteSize.Write(limits.MaxFileSize)}.");
        if (!gauge.IsKnown)
            return Catalogue.Busy.Because("The service is still measuring its disk; try again shortly.");
        // Room first: to ask for it may throw (no such file system), and by then no place must be taken.
        if (gauge.TryReserve(request.ContentLength ?? 0) is not { } reservation)
            return Catalogue.DiskFull;
        if (concurrency.TryEnter(client.Counted) is not { } place)
        {
            reservation.Dispose();
            return Catalogue.Busy;
        }

        admitted = new Admitted(place, reservation);
        return null;
    }
}
