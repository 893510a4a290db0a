using Uploader.Inspection;
using Uploader.Shared.Storage;
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

    public StoredFile? Stored { get; private init; }

    /// <summary>What inspection found by rules that only report.</summary>
    public IReadOnlyList<Breach> Reports { get; private init; } = [];

    public Refusal? Refusal { get; private init; }

    public static FileOutcome Of(string name, FileType type, long size, string sha256, StoredFile stored, IReadOnlyList<Breach> reports) =>
        new() { Name = name, Type = type, Size = size, Sha256 = sha256, Stored = stored, Reports = reports };

    public static FileOutcome Of(string name, Refusal refusal) => new() { Name = name, Refusal = refusal };
}
