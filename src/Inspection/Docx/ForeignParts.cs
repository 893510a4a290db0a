using System.Collections.Frozen;
using Uploader.Inspection.Zip;

namespace Uploader.Inspection.Docx;

/// <summary>Entries that make a ZIP file something else, whatever else it is: a program for Java or Android, a book, a document of OpenOffice.</summary>
internal static class ForeignParts
{
    private static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "META-INF/MANIFEST.MF", "META-INF/manifest.xml", "META-INF/container.xml", "AndroidManifest.xml", "mimetype");

    private static readonly FrozenSet<string> Extensions = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, ".class", ".dex", ".jar");

    public static void Judge(in ZipEntry entry, Inspector inspector)
    {
        if (Names.Contains(entry.Name) || Extensions.Contains(Path.GetExtension(entry.Name)))
            inspector.Break(Rules.Polyglot, entry.Offset, "an entry of another kind of archive");
    }
}
