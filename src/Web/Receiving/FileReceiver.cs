using System.Buffers;
using Uploader.Shared.Configuration;
using Uploader.Shared.Storage;
using Uploader.Web.Admission;
using Uploader.Web.Refusals;
using Uploader.Web.Scanning;

namespace Uploader.Web.Receiving;

/// <summary>Streams one file into staging, and lets the virus scanner see it there.</summary>
internal sealed class FileReceiver(UploadStore store, InspectionOptions inspection, ScanGate scanner) : IDisposable
{
    /// <summary>With Kestrel's and the multipart reader's buffers this stays below the 256 KiB an upload may hold.</summary>
    private const int CopyBuffer = 64 << 10;

    // What is unpacked keeps a thread of the pool busy for as long as seconds; whoever else asks for something must still find one.
    private readonly SemaphoreSlim _unpacking = new(Math.Max(1, Environment.ProcessorCount - 1));

    public async Task<ReceivedFile> Receive(string fileName, Stream content, Admitted admitted, CancellationToken aborted)
    {
        var name = DisplayName.Of(fileName);
        if (admitted.Allowance.RefusesName(fileName, out var type) is { } notAllowed)
            return ReceivedFile.Refused(name, notAllowed);

        var staged = store.Stage();
        try
        {
            using var intake = new Intake(type!, inspection.Policy, inspection.StripMetadata ? type!.Stripper?.Invoke() : null, staged, admitted);
            if ((await Copy(content, intake, aborted) ?? await scanner.Refuses(staged, aborted)) is { } refusal)
            {
                admitted.Quota.Return(staged.Length);
                staged.Dispose();
                return ReceivedFile.Refused(name, refusal);
            }

            return ReceivedFile.Accepted(name, type!, staged, intake.Digests(), intake.Reports);
        }
        catch
        {
            staged.Dispose();
            throw;
        }
    }

    public void Dispose() => _unpacking.Dispose();

    private async Task<Refusal?> Copy(Stream content, Intake intake, CancellationToken aborted)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(CopyBuffer);
        try
        {
            while (await content.ReadAsync(buffer.AsMemory(0, CopyBuffer), aborted) is > 0 and var read)
            {
                if (intake.Take(buffer.AsSpan(0, read)) is { } refusal)
                    return refusal;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return intake.MustUnpack ? await EndInTurn(intake, aborted) : intake.End();
    }

    private async Task<Refusal?> EndInTurn(Intake intake, CancellationToken aborted)
    {
        await _unpacking.WaitAsync(aborted);
        try
        {
            return intake.End();
        }
        finally
        {
            _unpacking.Release();
        }
    }
}
