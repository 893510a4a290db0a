using Uploader.Ctl.Doctor.Hosts;
using Uploader.Shared.Ledger;

namespace Uploader.Ctl.Status;

/// <summary>One of the two processes.</summary>
/// <param name="State">One of the words below.</param>
/// <param name="Result">Why it failed, in systemd's word (<c>exit-code</c>, <c>watchdog</c>); null when it did not.</param>
/// <param name="Since">When it started, as systemd says, or as it told.</param>
/// <param name="ToldAt">When it last told anything; null when it never did.</param>
/// <param name="Restarts">How often systemd started it again by itself; null where there is no such unit.</param>
/// <param name="Sentence">How it is, as it told systemd (<c>STATUS=</c>) or the ledger.</param>
internal sealed record ProcessLine(string Name, string State, string? Result, DateTimeOffset? Since, string? Version, DateTimeOffset? ToldAt, int? Restarts, string? Sentence)
{
    public const string Running = "running";
    public const string Starting = "starting";
    public const string Stopped = "stopped";
    public const string Failed = "failed";

    /// <summary>Started, but it has told nothing for long, or systemd knows nothing of it and it has told nothing for long: it is not known to be alive.</summary>
    public const string Silent = "silent";

    /// <summary>Nobody has ever heard of it.</summary>
    public const string Unknown = "unknown";

    /// <summary>Up in all that anybody can tell.</summary>
    public bool IsUp => State is Running or Starting;

    /// <param name="name">Of its unit, and in the journal.</param>
    /// <param name="told">Its last word in the ledger.</param>
    /// <param name="unit">What systemd says; null where systemd did not start it.</param>
    public static ProcessLine Of(string name, SelfReport? told, Unit? unit, DateTimeOffset now)
    {
        var isHeard = told is { HasStopped: false } && told.IsFresh(now);
        var sentence = isHeard ? told!.Sentence : null;
        if (unit is not { IsLoaded: true })
            return new(name, StateOf(told, isHeard), Result: null, told?.StartedAt, told?.Version, told?.ToldAt, Restarts: null, sentence);
        var state = StateOf(unit.Of("ActiveState"), isHeard);
        return new(
            name,
            state,
            state == Failed ? unit.Of("Result") : null,
            unit.TimeOf("ExecMainStartTimestamp") ?? told?.StartedAt,
            told?.Version,
            told?.ToldAt,
            int.TryParse(unit.Of("NRestarts"), out var count) ? count : null,
            unit.Of("StatusText") is { Length: > 0 } text ? text : sentence);
    }

    // Whether a process runs, systemd knows; whether it does anything, only the process itself can show.
    private static string StateOf(string activeState, bool isHeard) => activeState switch
    {
        "active" or "reloading" => isHeard ? Running : Silent,
        "activating" => Starting,
        "failed" => Failed,
        _ => Stopped,
    };

    private static string StateOf(SelfReport? told, bool isHeard) => told switch
    {
        null => Unknown,
        { HasStopped: true } => Stopped,
        _ => isHeard ? Running : Silent,
    };
}
