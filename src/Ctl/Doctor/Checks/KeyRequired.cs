using Uploader.Ctl.Doctor.Fronts;
using Uploader.Ctl.Doctor.Hosts;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>Step 5 of the article: nobody uploads without a key, not even where none is configured.</summary>
internal static class KeyRequired
{
    public static Check Check { get; } = Check.Asking(
        "key-required", "Uploads without a key, or with a wrong one, are refused", "uploads without a key, with an empty and with a wrong one, through the server in front and at the service itself", Look);

    private static async Task<Diagnosis> Look(Examination examination, CancellationToken cancellation)
    {
        var asking = examination.Asking;
        if (await asking.Ready(withKey: false, mayFail: true, cancellation) is { } no)
            return no;
        var replies = new List<(string, Reply)>();
        foreach (var (name, key) in ((string, string?)[])[("no key", null), ("an empty key", ""), ("a wrong key", "fu_wrong")])
        {
            replies.Add(($"{name}, through the server in front,", await asking.ThroughFront.Ask(() => asking.Requests.Empty(key), cancellation)));
            replies.Add(($"{name}, at the service,", await (await asking.Service(cancellation)).Ask(() => asking.Requests.Empty(key), cancellation)));
        }

        return Judge(replies);
    }

    internal static Diagnosis Judge(IReadOnlyList<(string How, Reply Reply)> replies) => Diagnosis.Of(
        from reply in replies
        where reply.Reply.Status != 401
        let finding = $"a request with {reply.How} is answered with {reply.Reply.Said}, not 401"
        // Nobody got in there: what is wrong is another check's.
        select reply.Reply.Status is 0 or >= 500 ? Diagnosis.NotMade(finding, Unit.LookAt(Unit.Web)) : Diagnosis.Fail(finding, Unit.LookAt(Unit.Web)),
        $"401, each of {replies.Count} times");
}
