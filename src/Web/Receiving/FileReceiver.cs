using System.Buffers;
using System.Security.Cryptography;
using Uploader.Shared.Configuration;
using Uploader.Shared.Storage;
using Uploader.Web.Admission;
using Uploader.Web.Inspection;
using Uploader.Web.Refusals;

namespace Uploader.Web.Receiving;

/// <summary>Streams one file into staging: checked, measured and hashed on its way.</summary>
internal sealed class FileReceiver(LimitOptions limits, UploadStore store)
{
    /// <summary>With Kestrel's and the multipart reader's buffers this stays below the 256 KiB an upload may hold.</summary>
    private const int CopyBuffer = 64 << 10;

    private readonly Refusal _notAllowed = Catalogue.TypeNotAllowed.Because($"Accepted are files named {string.Join(", ", limits.AllowedTypes.Select(type => "." + type))}.");

    private readonly Refusal _tooLarge = Catalogue.TooLarge.Because($"A file may hold at most {ByteSize.Write(limits.MaxFileSize)}.");

    public async Task<ReceivedFile> Receive(string fileName, Stream content, Reservation reservation, CancellationToken aborted)
    {
        var name = DisplayName.Of(fileName);
        if (AllowedType(fileName) is not { } type)
            return ReceivedFile.Refused(name, _notAllowed);

        var staged = store.Stage();
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            if (await Copy(content, type, staged, hash, reservation, aborted) is { } refusal)
            {
                staged.Dispose();
                return ReceivedFile.Refused(name, refusal);
            }

            return ReceivedFile.Accepted(name, type, staged, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        catch
        {
            staged.Dispose();
            throw;
        }
    }

    private FileType? AllowedType(string fileName) =>
        Extension.Of(fileName) is { } extension && limits.AllowedTypes.Contains(extension) && FileTypes.TryFind(extension, out var type) ? type : null;

    private async Task<Refusal?> Copy(Stream content, FileType type, StagedFile staged, IncrementalHash hash, Reservation reservation, CancellationToken aborted)
    {
        var signature = new SignatureCheck(type.Signature);
        var buffer = ArrayPool<byte>.Shared.Rent(CopyBuffer);
        try
        {
            while (await content.ReadAsync(buffer.AsMemory(0, CopyBuffer), aborted) is > 0 and var read)
            {
                var bytes = buffer.AsSpan(0, read);
                if (staged.Length + read > limits.MaxFileSize)
                    return _tooLarge;
                if (signature.Feed(bytes) is SignatureVerdict.Mismatch)
                    return Catalogue.ContentMismatch;
                hash.AppendData(bytes);
                // A write to the page cache; offloading it would cost a hop and block a pool thread all the same.
                staged.Append(bytes);
                reservation.Wrote(read);
            }

            return signature.End() is SignatureVerdict.Match ? null : Catalogue.ContentMismatch;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
