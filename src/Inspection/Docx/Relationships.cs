using System.Xml;
using Uploader.Inspection.Zip;

namespace Uploader.Inspection.Docx;

/// <summary>The relationships of one part, or of the package: all that a document is joined of, and all that it fetches.</summary>
internal sealed class Relationships(Package package, Inspector inspector)
{
    private const string Namespace = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Folder = "_rels/";
    private const string Extension = ".rels";

    /// <summary>So that their ids fit into the memory that an inspection has. Books have some thousands.</summary>
    private const int MaxLinks = 16 << 10;

    private static readonly string[] OfficeTypes =
    [
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
        "http://purl.oclc.org/ooxml/officeDocument/relationships/",
    ];

    private int _links;

    public static bool Are(in ZipEntry entry) => SourceOf(entry.Name) is not null;

    public void Judge(in ZipEntry entry, Stream content)
    {
        var source = SourceOf(entry.Name)!;
        var offset = entry.Offset;
        var owner = package.Find(source);
        var isInChart = owner is { } part && package.KindOf(part) == PartKind.Chart;
        PackageXml.ReadEach(content, Namespace, "Relationships", offset, inspector, (element, xml) =>
        {
            if (element != "Relationship")
                throw inspector.Broken(offset, "an element that is no relationship");
            var type = Attribute(xml, "Type");
            var name = type[(type.LastIndexOf('/') + 1)..];
            var isOffice = OfficeTypes.Any(known => type.Length == known.Length + name.Length && type.StartsWith(known, StringComparison.Ordinal));
            var target = Attribute(xml, "Target");
            if (source.Length == 0)
                ForeignParts.JudgeRelationship(type, offset, inspector);
            if (isOffice && name == "hyperlink")
                JudgeLink(owner, xml.GetAttribute("Id"), target, offset);
            else if (xml.GetAttribute("TargetMode") == "External")
                JudgeOutside(isOffice ? name : "", target, isInChart, offset);
            else
                JudgeInside(name, target, source, isInChart, offset);
        });

        string Attribute(XmlReader xml, string name) =>
            xml.GetAttribute(name) ?? throw inspector.Broken(offset, "a relationship that is not whole");
    }

    private void JudgeLink(int? owner, string? id, string target, long offset)
    {
        if (!Targets.IsLinkable(target))
            inspector.Break(Rules.DocxLink, offset, "a link that is none to a web page or an address");
        if (++_links > MaxLinks)
            throw new BrokenRuleException(new Breach(Rules.TooComplex, offset, $"more than {MaxLinks} links"));
        if (owner is { } part && id is not null && !package.TryAddLink(part, id))
            throw inspector.Broken(offset, "a link whose id is none");
    }

    /// <summary>
    /// Word itself names the template and the picture that was pasted by their path on the writer's disk, and the workbook of a linked chart: nothing comes
    /// from the net by these.
    /// </summary>
    private void JudgeOutside(string name, string target, bool isInChart, long offset)
    {
        var isAccepted = name switch
        {
            "attachedTemplate" => Targets.IsLocal(target) || Targets.IsMacTemplate(target),
            "image" => Targets.IsLocal(target) || Targets.IsInMail(target),
            "oleObject" => isInChart && Targets.IsLocal(target),
            _ => false,
        };
        if (!isAccepted)
            inspector.Break(Rules.DocxRemote, offset, "a relationship to something outside the document");
    }

    private void JudgeInside(string name, string target, string source, bool isInChart, long offset)
    {
        if (!Targets.IsInside(target))
            inspector.Break(Rules.DocxRemote, offset, "a relationship to something outside the document that is said to be inside");
        switch (name)
        {
            case "officeDocument" when source.Length == 0:
                if (package.Main is not null)
                    throw inspector.Broken(offset, "two main parts");
                package.Main = Part(source, target) ?? throw inspector.Broken(offset, "a main part that is not there");
                break;
            case "vbaProject" or "vbaProjectSignature" or "vbaProjectSignatureAgile" or "vbaProjectSignatureV3" or "wordVbaData":
                inspector.Break(Rules.DocxMacros, offset, "a relationship to macros");
                break;
            case "control" or "activeXControlBinary":
                inspector.Break(Rules.DocxActiveX, offset, "a relationship to a control");
                break;
            case "webextension" or "webextensiontaskpanes":
                inspector.Break(Rules.DocxActiveX, offset, "a relationship to an add-in, which loads its script from the net");
                break;
            case "package" when isInChart && IsWorkbook(source, target):
                break;
            case "oleObject" or "package":
                inspector.Break(Rules.DocxEmbeddedObject, offset, "a relationship to an object of another program");
                break;
            case "aFChunk":
                inspector.Break(Rules.DocxAltChunk, offset, "a relationship to text of another format");
                break;
            default:
                if (IsWorkbook(source, target))
                    inspector.Break(Rules.DocxEmbeddedObject, offset, "a relationship to a workbook that is no chart's");
                break;
        }
    }

    private bool IsWorkbook(string source, string target) => Part(source, target) is { } part && package.KindOf(part) == PartKind.Workbook;

    private int? Part(string source, string target) => Targets.Resolve(source, target) is { } name ? package.Find(name) : null;

    /// <summary><c>a/_rels/b.xml.rels</c> belongs to <c>a/b.xml</c>, and <c>_rels/.rels</c> to the package.</summary>
    private static string? SourceOf(string name)
    {
        var file = name.LastIndexOf('/') + 1;
        if (file < Folder.Length || !name.AsSpan(0, file).EndsWith(Folder, StringComparison.OrdinalIgnoreCase)
            || !name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
            return null;
        return string.Concat(name.AsSpan(0, file - Folder.Length), name.AsSpan(file, name.Length - file - Extension.Length));
    }
}
