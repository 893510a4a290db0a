namespace Uploader.Inspection.Docx;

/// <summary>Looks at a part's content as it comes.</summary>
/// <param name="kind">Of the part.</param>
/// <param name="links">That the part has; null: none.</param>
/// <param name="offset">Of the part.</param>
/// <param name="inspector">Is told.</param>
internal sealed class PartContent(PartKind kind, LinkIds? links, long offset, Inspector inspector)
{
    private const int StartLength = 8;

    private readonly XmlProlog _prolog = new(kind.IsXml(), kind == PartKind.Svg, offset, inspector);
    private readonly LinkUses? _linkUses = links is null ? null : new LinkUses(links, offset, inspector);
    private readonly byte[] _start = new byte[StartLength];
    private int _known;

    public void See(ReadOnlySpan<byte> piece)
    {
        if (_known < StartLength)
            SeeStart(piece[..Math.Min(piece.Length, StartLength - _known)]);
        if (!_prolog.IsOver)
            _prolog.See(piece);
        _linkUses?.See(piece);
    }

    /// <summary>The part ends here.</summary>
    public void End()
    {
        _prolog.End();
        // Word opens nothing else, whatever the content type says.
        if (kind == PartKind.Document && _prolog.Root != "document")
            throw inspector.Broken(offset, "a main part that is no document");
    }

    /// <summary>An object is one whatever its content type says: readers go by relationships.</summary>
    private void SeeStart(ReadOnlySpan<byte> piece)
    {
        piece.CopyTo(_start.AsSpan(_known));
        _known += piece.Length;
        if (_known < StartLength)
            return;
        if (_start.AsSpan().SequenceEqual<byte>([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]))
            inspector.Break(Rules.DocxEmbeddedObject, offset, "a compound file");
        var isZip = _start.AsSpan().StartsWith("PK\x03\x04"u8);
        if (isZip != (kind == PartKind.Workbook))
            inspector.Break(Rules.DocxEmbeddedObject, offset, isZip ? "an archive" : "a workbook that is none");
    }
}
