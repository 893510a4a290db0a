using Uploader.Inspection.Polyglots;

namespace Uploader.Inspection.Pdf;

/// <summary>Anybody may write anything into a comment: judges whether it is script, a program or an archive.</summary>
internal sealed class Comments(Inspector inspector)
{
    private readonly ScriptScan _scripts = new();
    private readonly SignatureScan _programs = Programs.Scan();
    private readonly SignatureScan _archives = BuriedArchives.Scan();
    private long _offset;

    public void Begin(long offset)
    {
        _offset = offset;
        _scripts.Reset();
        _programs.Reset();
        _archives.Reset();
    }

    /// <param name="piece">The comment's next bytes.</param>
    public void See(ReadOnlySpan<byte> piece)
    {
        if (_scripts.Feed(piece) is { } script)
            inspector.Break(Rules.ScriptInMetadata, _offset, $"{script} in a comment");
        if (_programs.Feed(piece) is var (offset, what))
            inspector.Break(Rules.Polyglot, _offset + offset, $"{what} in a comment");
        if (_archives.Feed(piece) is var (start, archive))
            inspector.Break(Rules.Polyglot, _offset + start, $"{archive} in a comment");
    }
}
