using Uploader.Web.Addressing;
using Uploader.Web.Admission;
using Uploader.Web.Authentication;
using Uploader.Web.Banning;
using Uploader.Web.Committing;
using Uploader.Web.RateLimiting;
using Uploader.Web.Receiving;
using Uploader.Web.Refusals;
using Uploader.Web.Reporting;

namespace Uploader.Web;

/// <summary>The one way that every upload takes, a stage a line. See docs/way-of-an-upload.md.</summary>
internal sealed class UploadWay(
    ClientAddresses addresses,
    BanGate bans,
    RateGate rates,
    KeyGate keys,
    AdmissionGate admission,
    FormReceiver receiver,
    FormCommitter committer,
    RefusalLog refusals,
    UploadLog uploads,
    TimeProvider time)
{
    public async Task Take(HttpContext http, UploadForm form)
    {
        var client = addresses.Of(http);
        KeyVerdict? key = null;
        Answer answer;
        try
        {
            answer = Gates(http, form, client, ref key, out var admitted) is { } refused
                ? Answer.Refused(refused)
                : await Upload(http, form, client, key!.Name, admitted);
        }
        catch (Exception e) when (TransportFailures.IsAbort(e, http))
        {
            answer = Answer.Aborted;
        }
        catch (Exception e) when (TransportFailures.RefusalFor(e) is { } refusal)
        {
            answer = Answer.Refused(refusal);
        }
        catch (Exception e)
        {
            uploads.Faulted(client, await Reporter.SendFault(http), e);
            return;
        }

        if (answer.Counted is { } counted)
            refusals.Record(counted, client, http.Request.Path, key);
        uploads.Accepted(answer.Outcomes, client, key?.Name ?? "");
        await Reporter.Send(http, answer);
    }

    /// <summary>What is decided from the headers alone. The ban gate stands before authentication: who is banned gets no oracle for guessing keys.</summary>
    private Refusal? Gates(HttpContext http, UploadForm form, ClientAddress client, ref KeyVerdict? key, out Admitted admitted)
    {
        admitted = Admitted.None;
        var now = time.GetUtcNow();
        if (bans.IsBanned(client.Counted, now, out var remaining))
            return Catalogue.Banned.RetryIn(remaining);
        if (!rates.TryTake(client.Counted, out var wait))
            return Catalogue.RateLimited.RetryIn(wait);
        key = keys.Check(http.Request, client.Exact, now);
        return key switch
        {
            KeyVerdict.Accepted accepted => admission.Refuses(http.Request, client, accepted.Key, form, out admitted),
            KeyVerdict.Expired => Catalogue.ExpiredKey,
            KeyVerdict.NotFromHere => Catalogue.KeyNotFromHere,
            KeyVerdict.BadKey => Catalogue.BadKey,
            _ => Catalogue.NoKey,
        };
    }

    private async Task<Answer> Upload(HttpContext http, UploadForm form, ClientAddress client, string keyName, Admitted admitted)
    {
        using var place = admitted;
        using var received = new ReceivedForm();
        var refusal = await receiver.Receive(http.Request, form, received, admitted, http.RequestAborted);
        if (refusal is not null)
            return Answer.Refused(refusal);
        return Answer.Of(await committer.Commit(received, keyName, client, admitted), form.IsSingle);
    }
}
