using Uploader.Web.Refusals;

namespace Uploader.Web.Receiving;

/// <summary>What an endpoint expects of the form it is sent.</summary>
/// <param name="Field">The name of the fields that hold files.</param>
/// <param name="MaxFiles">How many files there may be.</param>
internal sealed record UploadForm(string Field, int MaxFiles)
{
    /// <summary>Fields that are no files are passed over, but not without end.</summary>
    public const int MaxOtherFields = 32;

    public static UploadForm Single { get; } = new("file", 1);

    public static UploadForm Multiple(int maxFiles) => new("files", maxFiles);

    /// <summary>Why a file does not belong into this form, if it does not.</summary>
    public Refusal? Misses(FilePart part, int filesBefore)
    {
        if (!part.Field.Equals(Field, StringComparison.Ordinal))
            return Catalogue.BadForm.Because($"Send files in the field '{Field}'.");
        if (part.FileName is "")
            return Catalogue.NoFile.Because("A file field was sent empty.");
        if (filesBefore >= MaxFiles)
            return Catalogue.BadForm.Because(MaxFiles == 1 ? "Send exactly one file." : $"Send at most {MaxFiles} files.");
        return null;
    }

    public bool IsSingle => MaxFiles == 1 && Field == Single.Field;
}
