using System.Buffers;
using System.Security.Cryptography;
using Uploader.Inspection;
using Uploader.Inspection.Reading;
using Uploader.Inspection.Stripping;
using Uploader.Shared.Storage;
using Uploader.Web.Admission;
using Uploader.Web.Refusals;

namespace Uploader.Web.Receiving;

/// <summary>
/// One file on its way into staging, piece by piece: measured, inspected, hashed, and without its metadata where that is wanted. Then what is stored is inspected
/// too: what was sent is judged as far as it is read, what is stored to its end.
/// </summary>
internal sealed class Intake : IDisposable
{
    private readonly StagedFile _staged;
    private readonly Admitted _admitted;
    private readonly IncrementalHash _sentHash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash? _storedHash;
    private readonly Inspector _sent;
    private readonly Inspector _stored;
    private readonly MetadataStripper? _stripper;
    private readonly ArrayBufferWriter<byte> _kept = new();
    private long _length;

    public Intake(FileType type, InspectionPolicy policy, MetadataStripper? stripper, StagedFile staged, Admitted admitted)
    {
        (_staged, _admitted, _stripper) = (staged, admitted, stripper);
        _sent = type.Inspector(policy);
        _stored = stripper is null ? _sent : type.Inspector(policy);
        _storedHash = stripper is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    }

    public IReadOnlyList<Breach> Reports => _stored == _sent ? _sent.Reports : [.. _sent.Reports.Concat(_stored.Reports).DistinctBy(report => report.Rule)];

    /// <summary>Whether <see cref="End"/> has more to do than to look at some places of the file.</summary>
    public bool MustUnpack => _stored.Unpacks;

    public Refusal? Take(ReadOnlySpan<byte> sent)
    {
        _length += sent.Length;
        if (_admitted.Allowance.RefusesFile(_length) is { } tooLarge)
            return tooLarge;
        if (_sent.Feed(sent) is { } breach)
            return Catalogue.Of(breach);
        _sentHash.AppendData(sent);
        return _stripper is null ? Store(sent) : Strip(sent);
    }

    public Refusal? End() => (_sent.FeedEnd() ?? _stored.Conclude(new FileBytes(_staged.Length, _staged.Read))) is { } breach ? Catalogue.Of(breach) : null;

    /// <summary>Of what is stored, and of what was sent where that is not the same.</summary>
    public (string Stored, string? Sent) Digests()
    {
        var sent = Convert.ToHexStringLower(_sentHash.GetHashAndReset());
        return _storedHash is null ? (sent, null) : (Convert.ToHexStringLower(_storedHash.GetHashAndReset()), sent);
    }

    public void Dispose()
    {
        _sentHash.Dispose();
        _storedHash?.Dispose();
    }

    private Refusal? Strip(ReadOnlySpan<byte> sent)
    {
        _kept.ResetWrittenCount();
        _stripper!.Feed(sent, _kept);
        if (_stored.Feed(_kept.WrittenSpan) is { } breach)
            return Catalogue.Of(breach);
        _storedHash!.AppendData(_kept.WrittenSpan);
        return Store(_kept.WrittenSpan);
    }

    private Refusal? Store(ReadOnlySpan<byte> bytes)
    {
        if (_admitted.Quota.RefusesMore(bytes.Length) is { } used)
            return used;
        // A write to the page cache; offloading it would cost a hop and block a pool thread all the same.
        _staged.Append(bytes);
        _admitted.Reservation.Wrote(bytes.Length);
        return null;
    }
}
