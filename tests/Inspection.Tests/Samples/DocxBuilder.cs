using System.Globalization;

namespace Inspection.Tests.Samples;

/// <summary>Makes a small Word document, to which a test adds what it wants.</summary>
internal static class DocxBuilder
{
    public const string DocumentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    public const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    public const string MicrosoftTypes = "http://schemas.microsoft.com/office/2006/relationships/";
    public const string Document = """<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p/></w:body></w:document>""";

    private const string Package = "http://schemas.openxmlformats.org/package/2006/";

    public static ZipPart RootRelationships { get; } = new("_rels/.rels", RelationshipsXml(Relationship(Office + "officeDocument", "word/document.xml")));

    public static ZipPart MainPart { get; } = new("word/document.xml", Document);

    /// <param name="parts">Besides those that every document has.</param>
    public static byte[] With(params ZipPart[] parts) => ZipBuilder.Write(Parts(parts));

    /// <param name="parts">The content types among them, if they are not as usual.</param>
    public static IEnumerable<ZipPart> Parts(params ZipPart[] parts)
    {
        var types = Array.Find(parts, part => part.Name == "[Content_Types].xml");
        return [types ?? Types(), RootRelationships, MainPart, .. parts.Where(part => part != types)];
    }

    /// <summary>The document with a part that has relationships.</summary>
    /// <param name="type">Of the one relationship.</param>
    /// <param name="target">Of it.</param>
    /// <param name="isExternal">Whether it says so.</param>
    /// <param name="parts">Besides.</param>
    public static byte[] Relating(string type, string target, bool isExternal = true, params ZipPart[] parts) =>
        With([DocumentRelationships(Relationship(type, target, isExternal)), .. parts]);

    public static ZipPart DocumentRelationships(string relationships) => new("word/_rels/document.xml.rels", RelationshipsXml(relationships));

    public static string Relationship(string type, string target, bool isExternal = false) => string.Create(
        CultureInfo.InvariantCulture,
        $"""<Relationship Id="r{(uint)HashCode.Combine(type.Length, target.Length)}" Type="{type}" Target="{target}"{(isExternal ? " TargetMode=\"External\"" : "")}/>""");

    public static string RelationshipsXml(string relationships) =>
        $"""<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{Package}relationships">{relationships}</Relationships>""";

    /// <param name="overrides">Content types by part name, besides the main part's.</param>
    public static ZipPart Types(params (string Part, string Type)[] overrides) => TypesOf(DocumentType, overrides);

    public static ZipPart TypesOf(string main, params (string Part, string Type)[] overrides) => new("[Content_Types].xml", TypesXml(
        Override("word/document.xml", main) + string.Concat(overrides.Select(part => Override(part.Part, part.Type)))));

    public static string TypesXml(string overrides) =>
        $"""<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{Package}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="bin" ContentType="application/octet-stream"/><Default Extension="png" ContentType="image/png"/>{overrides}</Types>""";

    public static string Override(string part, string type) => $"""<Override PartName="/{part}" ContentType="{type}"/>""";
}
