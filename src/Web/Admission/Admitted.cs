namespace Uploader.Web.Admission;

/// <summary>A place among the uploads under way, room on the disk and in the key's quota, held for one request, and what the request may hold.</summary>
internal sealed class Admitted(IDisposable? place, Reservation? reservation, QuotaReservation? quota, Allowance? allowance) : IDisposable
{
    public static Admitted None { get; } = new(null, null, null, null);

    public Reservation Reservation => reservation ?? throw new InvalidOperationException("Nothing was reserved.");

    public QuotaReservation Quota => quota ?? throw new InvalidOperationException("Nothing was reserved.");

    public Allowance Allowance => allowance ?? throw new InvalidOperationException("Nothing was allowed.");

    public void Dispose()
    {
        quota?.Dispose();
        reservation?.Dispose();
        place?.Dispose();
    }
}
