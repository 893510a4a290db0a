using Uploader.Inspection.Reading;

namespace Uploader.Inspection.Jpeg;

/// <summary>Judges a JPEG: its image while it arrives, what cameras append to it when all of it is there.</summary>
internal sealed class JpegInspector : Inspector
{
    private readonly JpegImage _image;

    public JpegInspector(FileType type, InspectionPolicy policy) : base(type, policy) => _image = new JpegImage(this, policy);

    protected override Rule Structure => Rules.JpegStructure;

    protected override void See(ReadOnlySpan<byte> piece) => _image.See(ref piece);

    protected override void Judge(FileBytes file)
    {
        if (!_image.IsOver)
            throw Broken(_image.Offset, "ends before EOI");
        if (PictureScript.Find(file) is { } script)
            Break(Rules.Polyglot, script, "a script behind a comment that the first segment's length begins");
        new JpegTrailer(this, Policy, file, _image.Announced).Judge(_image.Offset);
    }
}
