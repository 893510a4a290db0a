using Uploader.Inspection;
using Uploader.Shared.Storage;
using Uploader.Web.Refusals;

namespace Uploader.Web.Receiving;

/// <summary>One file of a form: staged and described, or refused.</summary>
internal sealed class ReceivedFile : IDisposable
{
    private ReceivedFile(string name, FileType? type, StagedFile? staged, (string Stored, string? Sent) digests, IReadOnlyList<Breach> reports, Refusal? refusal)
    {
        Name = name;
        Type = type;
        Staged = staged;
        (Sha256, SentSha256) = digests;
        Reports = reports;
        Refusal = refusal;
    }

    /// <summary>What the client called it, fit for display and for nothing else.</summary>
    public string Name { get; }

    public FileType? Type { get; }

    public StagedFile? Staged { get; }

    /// <summary>Of what is staged, 64 lower-case hex digits.</summary>
    public string? Sha256 { get; }

    /// <summary>Of what was sent, where something of it was dropped.</summary>
    public string? SentSha256 { get; }

    /// <summary>What inspection found by rules that only report.</summary>
    public IReadOnlyList<Breach> Reports { get; }

    public Refusal? Refusal { get; }

    public static ReceivedFile Accepted(string name, FileType type, StagedFile staged, (string Stored, string? Sent) digests, IReadOnlyList<Breach> reports) =>
        new(name, type, staged, digests, reports, null);

    public static ReceivedFile Refused(string name, Refusal refusal) => new(name, null, null, default, [], refusal);

    public void Dispose() => Staged?.Dispose();
}
