using Uploader.Inspection;
using Uploader.Shared.Storage;
using Uploader.Web.Refusals;

namespace Uploader.Web.Receiving;

/// <summary>One file of a form: staged and described, or refused.</summary>
internal sealed class ReceivedFile : IDisposable
{
    private ReceivedFile(string name, FileType? type, StagedFile? staged, string? sha256, IReadOnlyList<Breach> reports, Refusal? refusal)
    {
        Name = name;
        Type = type;
        Staged = staged;
        Sha256 = sha256;
        Reports = reports;
        Refusal = refusal;
    }

    /// <summary>What the client called it, fit for display and for nothing else.</summary>
    public string Name { get; }

    public FileType? Type { get; }

    public StagedFile? Staged { get; }

    /// <summary>64 lower-case hex digits.</summary>
    public string? Sha256 { get; }

    /// <summary>What inspection found by rules that only report.</summary>
    public IReadOnlyList<Breach> Reports { get; }

    public Refusal? Refusal { get; }

    public static ReceivedFile Accepted(string name, FileType type, StagedFile staged, string sha256, IReadOnlyList<Breach> reports) =>
        new(name, type, staged, sha256, reports, null);

    public static ReceivedFile Refused(string name, Refusal refusal) => new(name, null, null, null, [], refusal);

    public void Dispose() => Staged?.Dispose();
}
