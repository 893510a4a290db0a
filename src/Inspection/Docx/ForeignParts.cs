using System.Collections.Frozen;
using Uploader.Inspection.Zip;

namespace Uploader.Inspection.Docx;

/// <summary>
/// What makes a ZIP file something else, whatever else it is: a program for Java, Android, Python, PHP or Windows, a book, a document of OpenOffice or of another
/// program that uses packages.
/// </summary>
internal static class ForeignParts
{
    /// <summary>PHP runs a ZIP file that has a stub in here as it runs a phar (ext/phar/zip.c).</summary>
    private const string Phar = ".phar/";

    private static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "META-INF/MANIFEST.MF", "META-INF/manifest.xml", "META-INF/container.xml", "AndroidManifest.xml", "AppxManifest.xml", "extension.vsixmanifest", "mimetype",
        "__main__.py", "__main__.pyc");

    private static readonly FrozenSet<string> Extensions = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, ".class", ".dex", ".jar");

    /// <summary>By which the package itself names a main part that is no document's: XPS and OpenXPS, Visio, 3MF, DWFx, and NuGet's manifest.</summary>
    private static readonly FrozenSet<string> Mains = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "http://schemas.microsoft.com/xps/2005/06/fixedrepresentation",
        "http://schemas.openxps.org/oxps/v1.0/fixedrepresentation",
        "http://schemas.microsoft.com/visio/2010/relationships/document",
        "http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel",
        "http://schemas.autodesk.com/dwfx/2007/relationships/documentsequence",
        "http://schemas.microsoft.com/packaging/2010/07/manifest");

    public static void Judge(in ZipEntry entry, Inspector inspector)
    {
        if (Names.Contains(entry.Name) || Extensions.Contains(Path.GetExtension(entry.Name)) || entry.Name.StartsWith(Phar, StringComparison.OrdinalIgnoreCase))
            inspector.Break(Rules.Polyglot, entry.Offset, "an entry of another kind of archive");
    }

    /// <param name="type">Of a relationship of the package.</param>
    /// <param name="offset">Of its part.</param>
    /// <param name="inspector">Is told.</param>
    public static void JudgeRelationship(string type, long offset, Inspector inspector)
    {
        if (Mains.Contains(type))
            inspector.Break(Rules.Polyglot, offset, "the main part of another kind of package");
    }
}
