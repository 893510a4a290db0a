using System.Xml;

namespace Uploader.Inspection.Docx;

/// <summary>The part that says what each part is: by its name, else by its extension (ISO/IEC 29500-2, 7.2.3).</summary>
internal static class ContentTypes
{
    public const string Name = "[Content_Types].xml";
    private const string Namespace = "http://schemas.openxmlformats.org/package/2006/content-types";

    private const int MaxDefaults = 256;

    /// <summary>No name is longer.</summary>
    private const int MaxExtension = 255;

    /// <summary>Space that was freed and is kept for later: no parts, and no reader looks at them.</summary>
    private const string Trash = "[trash]/";

    public static void Read(Stream content, Package package, long offset, Inspector inspector)
    {
        var defaults = new Dictionary<string, PartKind>(StringComparer.OrdinalIgnoreCase);
        PackageXml.ReadEach(content, Namespace, "Types", offset, inspector, (element, xml) =>
        {
            switch (element)
            {
                case "Default":
                    var extension = Attribute(xml, "Extension");
                    if (extension.Length > MaxExtension || defaults.Count == MaxDefaults || !defaults.TryAdd(extension, PartKinds.Of(Attribute(xml, "ContentType"))))
                        throw inspector.Broken(offset, "an extension with two content types, one that is too long, or too many extensions");
                    break;
                case "Override":
                    if (package.Find(Attribute(xml, "PartName").TrimStart('/')) is { } part && !package.TrySetKind(part, PartKinds.Of(Attribute(xml, "ContentType"))))
                        throw inspector.Broken(offset, "a part with two content types");
                    break;
                default:
                    throw inspector.Broken(offset, "an element that is no content type");
            }
        });

        for (var part = 0; part < package.Count; part++)
        {
            ref readonly var entry = ref package.Entry(part);
            if (package.KindOf(part) != PartKind.None || entry.IsDirectory || entry.Name.StartsWith(Trash, StringComparison.Ordinal))
                continue;
            if (!defaults.TryGetValue(Path.GetExtension(entry.Name).TrimStart('.'), out var kind))
                throw inspector.Broken(entry.Offset, "a part without a content type");
            package.TrySetKind(part, kind);
        }

        string Attribute(XmlReader xml, string name) =>
            xml.GetAttribute(name) ?? throw inspector.Broken(offset, "a content type that is not whole");
    }
}
