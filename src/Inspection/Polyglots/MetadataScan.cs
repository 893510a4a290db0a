namespace Uploader.Inspection.Polyglots;

/// <summary>Looks for script, programs, archives and PDFs in one unit of metadata after the other, in pieces of whatever size.</summary>
internal sealed class MetadataScan(Inspector inspector)
{
    private readonly ScriptScan _script = new();
    private readonly SignatureScan _programs = Programs.Scan();
    private readonly SignatureScan _archives = BuriedArchives.Scan();
    private readonly SignatureScan _pdf = BuriedPdf.Scan();

    /// <summary>Another unit begins.</summary>
    public void Reset()
    {
        _script.Reset();
        _programs.Reset();
        _archives.Reset();
        _pdf.Reset();
    }

    /// <param name="bytes">The unit's next ones.</param>
    /// <param name="offset">Where in the file they are.</param>
    /// <param name="unit">The unit's type.</param>
    public void Feed(ReadOnlySpan<byte> bytes, long offset, uint unit)
    {
        if (_script.Feed(bytes) is { } script)
            inspector.Break(Rules.ScriptInMetadata, offset, $"{script} in {unit:X2}");
        if (_programs.Feed(bytes) is var (_, program))
            inspector.Break(Rules.Polyglot, offset, $"{program} in {unit:X2}");
        if (_archives.Feed(bytes) is var (_, archive))
            inspector.Break(Rules.Polyglot, offset, $"{archive} in {unit:X2}");
        if (_pdf.Feed(bytes) is var (_, pdf))
            inspector.Break(Rules.Polyglot, offset, $"{pdf} in {unit:X2}");
    }
}
