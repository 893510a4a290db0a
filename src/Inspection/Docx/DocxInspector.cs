using System.Buffers;
using Uploader.Inspection.Reading;
using Uploader.Inspection.Zip;

namespace Uploader.Inspection.Docx;

/// <summary>
/// Judges a Word document: a ZIP file whose entries fill it (<see cref="Zip"/>), a package of parts that is opened as a document (ISO/IEC 29500-2), and what is in
/// the parts. The directory stands at the end, so all of it must be there.
/// </summary>
internal sealed class DocxInspector(FileType type, InspectionPolicy policy) : Inspector(type, policy)
{
    private const int PieceLength = 16 << 10;

    public override bool Unpacks => true;

    protected override Rule Structure => Rules.DocxStructure;

    protected override void Judge(FileBytes file)
    {
        var end = ZipEnd.Find(file, this);
        var package = new Package(ZipDirectory.Read(file, end, this), end.Directory, this);
        var parts = new PartReader(file, package, new Expansion(Policy.MaxExpanded), this);
        ReadContentTypes(package, parts);

        var relationships = new Relationships(package, this);
        var buffer = ArrayPool<byte>.Shared.Rent(PieceLength);
        try
        {
            // Only when all relationships are known can be said what a part does with its own.
            foreach (var part in Enumerable.Range(0, package.Count).OrderByDescending(part => Relationships.Are(package.Entry(part))))
                JudgePart(package, part, parts, relationships, buffer);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        JudgeWhole(package);
    }

    private void ReadContentTypes(Package package, PartReader parts)
    {
        if (package.Find(ContentTypes.Name) is not { } part || package.Entry(part).Name != ContentTypes.Name)
            throw Broken(0, "no content types");
        package.TrySetKind(part, PartKind.Xml);
        using var content = parts.Open(part);
        ContentTypes.Read(content, package, package.Entry(part).Offset, this);
    }

    private void JudgePart(Package package, int part, PartReader parts, Relationships relationships, Span<byte> buffer)
    {
        ref readonly var entry = ref package.Entry(part);
        ForeignParts.Judge(entry, this);
        JudgeKind(package.KindOf(part), entry);
        using var content = parts.Open(part);
        if (Relationships.Are(entry))
            relationships.Judge(entry, content);
        content.ReadOut(buffer);
    }

    private void JudgeKind(PartKind kind, in ZipEntry entry)
    {
        switch (kind)
        {
            case PartKind.Macros:
                Break(Rules.DocxMacros, entry.Offset, "a part with macros");
                break;
            case PartKind.ActiveX:
                Break(Rules.DocxActiveX, entry.Offset, "a part with a control or an add-in");
                break;
            case PartKind.EmbeddedObject:
                Break(Rules.DocxEmbeddedObject, entry.Offset, "a part with an object of another program");
                break;
            case PartKind.OtherMain:
                throw Broken(entry.Offset, "the main part of another kind of document");
        }

        if (kind == PartKind.Relationships != Relationships.Are(entry))
            throw Broken(entry.Offset, "relationships by another name or type");
    }

    private void JudgeWhole(Package package)
    {
        if (package.Main is not { } main || package.KindOf(main) != PartKind.Document)
            throw Broken(0, "no main part, or one of another type");
        for (var part = 0; part < package.Count; part++)
        {
            if (package.KindOf(part) == PartKind.Document && part != main)
                throw Broken(package.Entry(part).Offset, "a second main part");
        }
    }
}
