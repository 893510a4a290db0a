using System.Buffers;
using System.Security.Cryptography;
using Uploader.Inspection;
using Uploader.Inspection.Reading;
using Uploader.Shared.Storage;
using Uploader.Web.Admission;
using Uploader.Web.Refusals;
using Uploader.Web.Scanning;

namespace Uploader.Web.Receiving;

/// <summary>Streams one file into staging: checked, measured and hashed on its way.</summary>
internal sealed class FileReceiver(UploadStore store, InspectionPolicy policy, ScanGate scanner)
{
    /// <summary>With Kestrel's and the multipart reader's buffers this stays below the 256 KiB an upload may hold.</summary>
    private const int CopyBuffer = 64 << 10;

    public async Task<ReceivedFile> Receive(string fileName, Stream content, Admitted admitted, CancellationToken aborted)
    {
        var name = DisplayName.Of(fileName);
        if (admitted.Allowance.RefusesName(fileName, out var type) is { } notAllowed)
            return ReceivedFile.Refused(name, notAllowed);

        var staged = store.Stage();
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var inspector = type!.Inspector(policy);
            if ((await Copy(content, inspector, staged, hash, admitted, aborted) ?? await scanner.Refuses(staged, aborted)) is { } refusal)
            {
                admitted.Quota.Return(staged.Length);
                staged.Dispose();
                return ReceivedFile.Refused(name, refusal);
            }

            return ReceivedFile.Accepted(name, type, staged, Convert.ToHexStringLower(hash.GetHashAndReset()), inspector.Reports);
        }
        catch
        {
            staged.Dispose();
            throw;
        }
    }

    private async Task<Refusal?> Copy(Stream content, Inspector inspector, StagedFile staged, IncrementalHash hash, Admitted admitted, CancellationToken aborted)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(CopyBuffer);
        try
        {
            while (await content.ReadAsync(buffer.AsMemory(0, CopyBuffer), aborted) is > 0 and var read)
            {
                var bytes = buffer.AsSpan(0, read);
                if (admitted.Allowance.RefusesFile(staged.Length + read) is { } tooLarge)
                    return tooLarge;
                if (inspector.Feed(bytes) is { } seen)
                    return Catalogue.Of(seen);
                if (admitted.Quota.RefusesMore(read) is { } used)
                    return used;
                hash.AppendData(bytes);
                // A write to the page cache; offloading it would cost a hop and block a pool thread all the same.
                staged.Append(bytes);
                admitted.Reservation.Wrote(read);
            }

            return inspector.Conclude(new FileBytes(staged.Length, staged.Read)) is { } found ? Catalogue.Of(found) : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
