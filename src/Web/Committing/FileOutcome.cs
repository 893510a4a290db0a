using Uploader.Inspection;
using Uploader.Shared.Storage;
using Uploader.Web.Receiving;
using Uploader.Web.Refusals;

namespace Uploader.Web.Committing;

/// <summary>What became of one file: stored or refused.</summary>
internal sealed record FileOutcome
{
    public required string Name { get; init; }

    public FileType? Type { get; private init; }

    /// <summary>Bytes.</summary>
    public long Size { get; private init; }

    public string? Sha256 { get; private init; }

    /// <summary>Of what was sent, where metadata was dropped from it.</summary>
    public string? SentSha256 { get; private init; }

    public StoredFile? Stored { get; private init; }

    /// <summary>What inspection found by rules that only report.</summary>
    public IReadOnlyList<Breach> Reports { get; private init; } = [];

    public Refusal? Refusal { get; private init; }

    public static FileOutcome Of(ReceivedFile file, long size, StoredFile stored) => new()
    {
        Name = file.Name,
        Type = file.Type,
        Size = size,
        Sha256 = file.Sha256,
        SentSha256 = file.SentSha256,
        Stored = stored,
        Reports = file.Reports,
    };

    public static FileOutcome Of(string name, Refusal refusal) => new() { Name = name, Refusal = refusal };
}
