namespace Uploader.Inspection.Pdf;

/// <summary>Where an object is, as a cross-reference says.</summary>
/// <param name="Number">Of the object.</param>
/// <param name="Type">One of ISO 32000-1, table 18.</param>
/// <param name="Where">The offset in the file, or the number of the object stream.</param>
/// <param name="Generation">Of the object, or its index in the object stream.</param>
internal readonly record struct Entry(long Number, long Type, long Where, long Generation)
{
    public const long InFile = 1;
    public const long InObjectStream = 2;
}
