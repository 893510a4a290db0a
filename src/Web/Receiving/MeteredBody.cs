using Uploader.Web.Admission;
using Uploader.Web.Refusals;

namespace Uploader.Web.Receiving;

/// <summary>
/// The request body with its limits: never more than its allowance, and every byte covered by a reservation before
/// it is passed on. Kestrel's own limit is off, because it resets the connection of a client that is still sending.
/// </summary>
internal sealed class MeteredBody(Stream body, Allowance allowance, Reservation reservation) : Stream
{
    /// <summary>Room is asked for in steps, so that a chunked body costs one look at the disk a MiB.</summary>
    private const long ReservationStep = 1L << 20;

    private long _total;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _total;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await body.ReadAsync(buffer, cancellationToken);
        _total += read;
        if (allowance.RefusesRequest(_total) is { } refusal)
            throw new RefusedException(refusal);
        if (!reservation.TryCover(_total, ReservationStep))
            throw new RefusedException(Catalogue.DiskFull);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("The body is read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
