using System.Collections.Frozen;
using System.Xml;

namespace Uploader.Inspection.Docx;

/// <summary>Reads the two small vocabularies of a package, each a root with a flat list of elements below, with a bounded memory whatever is in them.</summary>
internal static class PackageXml
{
    private const int MaxAttributes = 8;

    private static readonly FrozenSet<string> Attributes =
        FrozenSet.Create(StringComparer.Ordinal, "Extension", "ContentType", "PartName", "Id", "Type", "Target", "TargetMode");

    public static void ReadEach(Stream content, string ns, string root, long offset, Inspector inspector, Action<string, XmlReader> element)
    {
        try
        {
            using var bounded = new BoundedMarkup(content, offset);
            using var xml = XmlReader.Create(bounded, new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                IgnoreComments = true,
                IgnoreWhitespace = true,
            });
            while (ReadOne(xml, bounded))
            {
                if (xml.NodeType is XmlNodeType.XmlDeclaration or XmlNodeType.EndElement)
                    continue;
                if (xml.NodeType != XmlNodeType.Element || xml.Depth > 1 || xml.NamespaceURI != ns || (xml.Depth == 0 && xml.LocalName != root))
                    throw inspector.Broken(offset, $"XML that is no {root}");
                // Each new name is kept as long as the reader lives, an instruction's too.
                if (xml.AttributeCount > MaxAttributes || (xml.Depth == 1 && !AreKnown(xml, ns)))
                    throw inspector.Broken(offset, "more attributes than are known");
                if (xml.Depth == 1)
                    element(xml.LocalName, xml);
            }
        }
        catch (XmlException)
        {
            throw inspector.Broken(offset, "XML that is not well-formed");
        }
    }

    private static bool ReadOne(XmlReader xml, BoundedMarkup bounded)
    {
        bounded.Begin();
        try
        {
            return xml.Read();
        }
        catch (ArgumentException e)
        {
            // The library loses count of its buffer where a declaration names UTF-8 and bytes that are none follow.
            throw new XmlException("Bytes that are no text.", e);
        }
    }

    private static bool AreKnown(XmlReader xml, string ns)
    {
        var areKnown = true;
        while (areKnown && xml.MoveToNextAttribute())
            areKnown = Attributes.Contains(xml.Name) || (xml.Name == "xmlns" && xml.Value == ns);
        xml.MoveToElement();
        return areKnown;
    }
}
