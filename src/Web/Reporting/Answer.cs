using Uploader.Web.Committing;
using Uploader.Web.Refusals;

namespace Uploader.Web.Reporting;

/// <summary>How an upload ended: with outcomes, with one refusal for all of it, or with nobody left to answer.</summary>
internal sealed record Answer
{
    public Refusal? Refusal { get; private init; }

    public IReadOnlyList<FileOutcome> Outcomes { get; private init; } = [];

    /// <summary>The endpoint takes one file, and answers with its receipt alone.</summary>
    public bool IsSingle { get; private init; }

    public bool IsAborted { get; private init; }

    public static Answer Aborted { get; } = new() { IsAborted = true };

    public static Answer Refused(Refusal refusal) => new() { Refusal = refusal };

    /// <summary>When nothing was stored the first file's refusal stands for the request.</summary>
    public static Answer Of(IReadOnlyList<FileOutcome> outcomes, bool isSingle) => new()
    {
        Outcomes = outcomes,
        IsSingle = isSingle,
        Refusal = outcomes.Any(outcome => outcome.Stored is not null) ? null : outcomes[0].Refusal,
    };

    /// <summary>What this answer counts as; a form of twenty wrong files counts as the worst of them.</summary>
    public Refusal? Counted => Outcomes.Select(outcome => outcome.Refusal).OfType<Refusal>().MaxBy(refusal => refusal.Weight) ?? Refusal;
}
