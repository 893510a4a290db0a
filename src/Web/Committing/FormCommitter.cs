using Uploader.Shared.Storage;
using Uploader.Web.Addressing;
using Uploader.Web.Admission;
using Uploader.Web.Receiving;
using Uploader.Web.Refusals;

namespace Uploader.Web.Committing;

/// <summary>Makes the accepted files of a form durable and visible, all at a time: a form is committed only when all of it has arrived.</summary>
internal sealed class FormCommitter(CommitLane lane, TimeProvider time)
{
    public async Task<FileOutcome[]> Commit(ReceivedForm form, string keyName, ClientAddress client, Admitted admitted)
    {
        var now = time.GetUtcNow();
        var outcomes = new Task<FileOutcome>[form.Files.Count];
        for (var i = 0; i < outcomes.Length; i++)
            outcomes[i] = Commit(form.Files[i], keyName, client, now);
        try
        {
            return await Task.WhenAll(outcomes);
        }
        finally
        {
            // Also where one of them failed: the others lie on the disk.
            foreach (var outcome in outcomes)
            {
                if (outcome is not { IsCompletedSuccessfully: true, Result.Stored: not null })
                    continue;
                admitted.Reservation.Committed(outcome.Result.Size);
                admitted.Quota.Committed(outcome.Result.Size, now);
            }
        }
    }

    private async Task<FileOutcome> Commit(ReceivedFile file, string keyName, ClientAddress client, DateTimeOffset now)
    {
        if (file is not { Staged: { } staged, Type: { } type, Sha256: { } sha256 })
            return FileOutcome.Of(file.Name, file.Refusal!);

        var size = staged.Length;
        var description = new FileDescription(file.Name, sha256, type.MediaType, keyName, client.ToString(), file.SentSha256);
        try
        {
            var stored = await lane.Commit(staged, type.Extension, description, now);
            return FileOutcome.Of(file, size, stored);
        }
        catch (PosixException e) when (e.IsDiskFull)
        {
            return FileOutcome.Of(file.Name, Catalogue.DiskFull);
        }
    }
}
