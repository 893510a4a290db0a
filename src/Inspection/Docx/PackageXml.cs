using System.Xml;

namespace Uploader.Inspection.Docx;

/// <summary>Reads the two small vocabularies of a package, each a root with a flat list of elements below, with a bounded memory whatever is in them.</summary>
internal static class PackageXml
{
    private const int MaxAttributes = 8;

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
                IgnoreProcessingInstructions = true,
                IgnoreWhitespace = true,
            });
            while (xml.Read())
            {
                if (xml.NodeType is XmlNodeType.XmlDeclaration or XmlNodeType.EndElement)
                    continue;
                if (xml.NodeType != XmlNodeType.Element || xml.Depth > 1 || xml.NamespaceURI != ns || (xml.Depth == 0 && xml.LocalName != root))
                    throw inspector.Broken(offset, $"XML that is no {root}");
                // Each new name is kept as long as the reader lives.
                if (xml.AttributeCount > MaxAttributes || (xml.Depth == 1 && Declares(xml)))
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

    private static bool Declares(XmlReader xml)
    {
        var isAny = false;
        while (xml.MoveToNextAttribute())
            isAny |= xml.Prefix.Length > 0;
        xml.MoveToElement();
        return isAny;
    }
}
