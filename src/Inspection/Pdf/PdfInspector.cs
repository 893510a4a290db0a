using Uploader.Inspection.Reading;

namespace Uploader.Inspection.Pdf;

/// <summary>Judges a PDF when all of it is there: its cross-reference stands at the end.</summary>
internal sealed class PdfInspector(FileType type, InspectionPolicy policy) : Inspector(type, policy)
{
    public override bool Unpacks => true;

    protected override Rule Structure => Rules.PdfStructure;

    protected override void Judge(FileBytes file)
    {
        var pdf = new PdfFile(file, this, Policy);
        var rules = new ContentRules(this);
        var values = new ValueReader(rules);
        var body = new Body(pdf, this, rules, values);
        body.Read();
        new HiddenObjects(pdf, this, rules, body.Starts).Find();
        new CrossReference(pdf, this, rules, values, body).Follow();
        rules.Links.Conclude();
    }
}
