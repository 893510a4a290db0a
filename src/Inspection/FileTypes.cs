using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Uploader.Inspection.Docx;
using Uploader.Inspection.Jpeg;
using Uploader.Inspection.Mp4;
using Uploader.Inspection.Pdf;
using Uploader.Inspection.Png;
using Uploader.Inspection.Stripping;

namespace Uploader.Inspection;

/// <summary>A kind of file that can be taken. The extension, of which the stored name is made, is this one, never the client's spelling of it.</summary>
/// <param name="Extension">Without dot, in lower case.</param>
/// <param name="MediaType">As it is served.</param>
/// <param name="Signature">How it begins.</param>
/// <param name="InspectorOf">What judges the rest.</param>
/// <param name="Stripper">What drops the metadata of one file; null: nothing can.</param>
internal sealed record FileType(
    string Extension, string MediaType, Signature Signature, Func<FileType, InspectionPolicy, Inspector> InspectorOf, Func<MetadataStripper>? Stripper = null)
{
    /// <summary>For one file.</summary>
    public Inspector Inspector(InspectionPolicy policy) => InspectorOf(this, policy);
}

/// <summary>Every kind of file the service knows how to check. Which of them are allowed is configuration.</summary>
internal static class FileTypes
{
    private static readonly ImmutableArray<FileType> Catalogue =
    [
        new("jpg", "image/jpeg", Signature.Jpeg, (type, policy) => new JpegInspector(type, policy), () => new JpegStripper()),
        new("jpeg", "image/jpeg", Signature.Jpeg, (type, policy) => new JpegInspector(type, policy), () => new JpegStripper()),
        new("png", "image/png", Signature.Png, (type, policy) => new PngInspector(type, policy), () => new PngStripper()),
        new("pdf", "application/pdf", Signature.Pdf, (type, policy) => new PdfInspector(type, policy)),
        new("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Signature.Zip, (type, policy) => new DocxInspector(type, policy)),
        new("mp4", "video/mp4", Signature.Mp4, (type, policy) => new Mp4Inspector(type, policy)),
    ];

    /// <summary>Without dots, in lower case.</summary>
    public static ImmutableArray<string> SupportedExtensions { get; } = [.. Catalogue.Select(type => type.Extension)];

    /// <param name="extension">Without dot, in any case.</param>
    /// <param name="type">The kind of file.</param>
    public static bool TryFind(ReadOnlySpan<char> extension, [NotNullWhen(true)] out FileType? type)
    {
        foreach (var known in Catalogue)
        {
            if (extension.Equals(known.Extension, StringComparison.OrdinalIgnoreCase))
            {
                type = known;
                return true;
            }
        }

        type = null;
        return false;
    }

    /// <summary>By what follows the last dot of a file name, to the letter: <c>a.png.</c> and <c>a.png </c> have no known extension.</summary>
    public static bool TryFindByName(ReadOnlySpan<char> fileName, [NotNullWhen(true)] out FileType? type)
    {
        type = null;
        var dot = fileName.LastIndexOf('.');
        return dot >= 0 && TryFind(fileName[(dot + 1)..], out type);
    }
}
