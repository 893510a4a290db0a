namespace Uploader.Web.Admission;

/// <summary>A place among the uploads under way and room on the disk, held for one request.</summary>
internal sealed class Admitted(IDisposable? place, Reservation? reservation) : IDisposable
{
    public static Admitted None { get; } = new(null, null);

    public Reservation Reservation => reservation ?? throw new InvalidOperationException("Nothing was reserved.");

    public void Dispose()
    {
        reservation?.Dispose();
        place?.Dispose();
    }
}
