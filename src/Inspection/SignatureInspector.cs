namespace Uploader.Inspection;

/// <summary>Looks at the first bytes and no further.</summary>
internal sealed class SignatureInspector(FileType type, InspectionPolicy policy) : Inspector(type, policy)
{
    protected override Rule Structure => Rules.ContentMismatch;
}
