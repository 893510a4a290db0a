using System.Collections.Immutable;

namespace Uploader.Inspection;

/// <summary>Every rule there is.</summary>
internal static class Rules
{
    public static readonly Rule ContentMismatch = new("content-mismatch", "The content is not what the file's extension says.");
    public static readonly Rule Polyglot = new("polyglot", "The file is also a file of another kind.", IsHostile: true);
    public static readonly Rule ScriptInMetadata = new("script-in-metadata", "The file's metadata holds what looks like a script.", IsHostile: true);
    public static readonly Rule TrailingData = new("trailing-data", "Something follows the end of the file's content.");
    public static readonly Rule TooManyPixels = new("too-many-pixels", "The picture is larger than is accepted.");
    public static readonly Rule Bomb = new("bomb", "The file unpacks to more than is accepted.", IsHostile: true);
    public static readonly Rule TooComplex = new("too-complex", "The file is more complicated than is accepted.");

    public static readonly Rule PngStructure = new("png-structure", "The PNG picture is damaged or incomplete.");
    public static readonly Rule PngUnknownChunk = new("png-unknown-chunk", "The PNG picture needs an extension that is not known.");

    public static readonly Rule JpegStructure = new("jpeg-structure", "The JPEG picture is damaged or incomplete.");

    public static readonly Rule PdfStructure = new("pdf-structure", "The PDF is damaged or incomplete.");
    public static readonly Rule PdfEncrypted = new("pdf-encrypted", "The PDF is encrypted.");
    public static readonly Rule PdfJavaScript = new("pdf-javascript", "The PDF contains JavaScript.");
    public static readonly Rule PdfLaunch = new("pdf-launch", "The PDF starts a program.");
    public static readonly Rule PdfEmbeddedFile = new("pdf-embedded-file", "The PDF has files embedded.");
    public static readonly Rule PdfRichMedia = new("pdf-rich-media", "The PDF contains rich media.");
    public static readonly Rule PdfXfa = new("pdf-xfa", "The PDF contains an XFA form.");
    public static readonly Rule PdfOpenAction = new("pdf-open-action", "The PDF acts when it is opened.");

    public static readonly Rule DocxStructure = new("docx-structure", "The document is damaged or incomplete, or is no Word document.");
    public static readonly Rule DocxNames = new("docx-names", "The document's parts have names or are of kinds that are not accepted.", IsHostile: true);
    public static readonly Rule DocxEncrypted = new("docx-encrypted", "The document is encrypted.");
    public static readonly Rule DocxMacros = new("docx-macros", "The document contains macros.");
    public static readonly Rule DocxActiveX = new("docx-activex", "The document contains ActiveX controls or add-ins of Office.");
    public static readonly Rule DocxEmbeddedObject = new("docx-embedded-object", "The document has objects of other programs embedded.");
    public static readonly Rule DocxRemote = new("docx-remote", "The document fetches a part of itself, or its template, from elsewhere.");
    public static readonly Rule DocxLink = new("docx-link", "The document links to what is no web page or address.");
    public static readonly Rule DocxAltChunk = new("docx-alt-chunk", "The document imports text of another format.");
    public static readonly Rule DocxDtd = new("docx-dtd", "The document's XML has a document type definition.", IsHostile: true);

    public static readonly Rule Mp4Structure = new("mp4-structure", "The film is damaged or incomplete.");
    public static readonly Rule Mp4Brand = new("mp4-brand", "The film is of a kind that is not accepted.");
    public static readonly Rule Mp4Remote = new("mp4-remote", "The film fetches a part of itself from elsewhere.");

    public static ImmutableArray<Rule> All { get; } =
    [
        ContentMismatch, Polyglot, ScriptInMetadata, TrailingData, TooManyPixels, Bomb, TooComplex,
        PngStructure, PngUnknownChunk,
        JpegStructure,
        PdfStructure, PdfEncrypted, PdfJavaScript, PdfLaunch, PdfEmbeddedFile, PdfRichMedia, PdfXfa, PdfOpenAction,
        DocxStructure, DocxNames, DocxEncrypted, DocxMacros, DocxActiveX, DocxEmbeddedObject, DocxRemote, DocxLink, DocxAltChunk, DocxDtd,
        Mp4Structure, Mp4Brand, Mp4Remote,
    ];

    /// <summary>Those that an operator may turn off: all but the first, without which an extension says nothing.</summary>
    public static IEnumerable<Rule> Choosable => All.Where(rule => rule != ContentMismatch);
}
