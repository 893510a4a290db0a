namespace Uploader.Inspection.Pdf;

/// <summary>The names that mean something to these rules, as keys or as values.</summary>
internal enum Word
{
    Other,

    // Of streams and cross-references
    Type, Subtype, Length, Filter, FlateDecode, DecodeParms, ShortDecodeParms, Predictor, Columns, Colors, BitsPerComponent,
    ObjStm, N, First, XRef, W, Index, Size, Prev, XRefStm, Root, Info, Encrypt, Linearized, L, F, Xml, Metadata, Catalog, Pages,

    // Of actions
    S, Next, OpenAction, AdditionalActions, GoTo, GoToE, Launch, JavaScript, JS,

    /// <summary>A kind of action that is refused only where it runs by itself.</summary>
    OtherAction,

    // Of what is active or brings files along
    EmbeddedFile, EmbeddedFiles, EF, FileAttachment, RichMedia, RichMediaExecute, Movie, Sound, Screen, Rendition, ThreeD, GoTo3DView, Xfa, Filespec,

    // Of what only looks so
    StructElem, P,

    /// <summary>A dictionary stands under it whose keys are whatever the author called his fonts, pictures, states or tags.</summary>
    FreeKeys,
}

internal static class Words
{
    public static Word Find(ReadOnlySpan<char> name) => name switch
    {
        "Type" => Word.Type,
        "Subtype" => Word.Subtype,
        "Length" => Word.Length,
        "Filter" => Word.Filter,
        // Abbreviations are for inline images (ISO 32000-1, 8.9.7), yet readers know this one everywhere, and some the other.
        "FlateDecode" or "Fl" => Word.FlateDecode,
        "DecodeParms" => Word.DecodeParms,
        "DP" => Word.ShortDecodeParms,
        "Predictor" => Word.Predictor,
        "Columns" => Word.Columns,
        "Colors" => Word.Colors,
        "BitsPerComponent" => Word.BitsPerComponent,
        "ObjStm" => Word.ObjStm,
        "N" => Word.N,
        "First" => Word.First,
        "XRef" => Word.XRef,
        "W" => Word.W,
        "Index" => Word.Index,
        "Size" => Word.Size,
        "Prev" => Word.Prev,
        "XRefStm" => Word.XRefStm,
        "Root" => Word.Root,
        "Info" => Word.Info,
        "Encrypt" => Word.Encrypt,
        "Linearized" => Word.Linearized,
        "L" => Word.L,
        "F" => Word.F,
        "XML" => Word.Xml,
        "Metadata" => Word.Metadata,
        "Catalog" => Word.Catalog,
        "Pages" => Word.Pages,
        "S" => Word.S,
        "Next" => Word.Next,
        "OpenAction" => Word.OpenAction,
        "AA" => Word.AdditionalActions,
        "GoTo" => Word.GoTo,
        "GoToE" => Word.GoToE,
        "Launch" => Word.Launch,
        "JavaScript" => Word.JavaScript,
        "JS" => Word.JS,
        "URI" or "GoToR" or "Thread" or "Hide" or "Named" or "SubmitForm" or "ResetForm" or "ImportData" or "SetOCGState" or "Trans" or "GoToDp" => Word.OtherAction,
        "EmbeddedFile" => Word.EmbeddedFile,
        "EmbeddedFiles" => Word.EmbeddedFiles,
        "EF" => Word.EF,
        "FileAttachment" => Word.FileAttachment,
        "RichMedia" => Word.RichMedia,
        "RichMediaExecute" => Word.RichMediaExecute,
        "Movie" => Word.Movie,
        "Sound" => Word.Sound,
        "Screen" => Word.Screen,
        "Rendition" => Word.Rendition,
        "3D" => Word.ThreeD,
        "GoTo3DView" => Word.GoTo3DView,
        "XFA" => Word.Xfa,
        "Filespec" => Word.Filespec,
        "StructElem" => Word.StructElem,
        "P" => Word.P,
        "Font" or "XObject" or "ColorSpace" or "ExtGState" or "Pattern" or "Shading" or "Properties" or "Dests" or "RoleMap" or "ClassMap"
            or "Colorants" or "CharProcs" or "D" or "R" => Word.FreeKeys,
        _ => Word.Other,
    };
}
