using Uploader.Inspection.Polyglots;
using Uploader.Inspection.Reading;
using Uploader.Inspection.Zip;

namespace Uploader.Inspection.Docx;

/// <summary>Opens the parts of a package, each judged where it lies before it is read.</summary>
internal sealed class PartReader(FileBytes file, Package package, Expansion expansion, Inspector inspector)
{
    private readonly ScriptScan _script = new();

    /// <summary>One at a time.</summary>
    public PartBytes Open(int part)
    {
        ref readonly var entry = ref package.Entry(part);
        var data = LocalEntry.Judge(file, entry, package.EndOf(part), inspector);
        _script.Reset();
        var packed = new PackedBytes(file, data, entry.Packed, _script, inspector);
        return new PartBytes(new UnpackedBytes(entry, packed, expansion, inspector), new PartContent(package.KindOf(part), package.LinksOf(part), entry.Offset, inspector));
    }
}
