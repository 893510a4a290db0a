using Uploader.Inspection;
using static Inspection.Tests.Samples.PdfBuilder;

namespace Inspection.Tests.Samples;

/// <summary>PDFs that do something, openly or not.</summary>
internal static class PdfActiveSamples
{
    private const string Script = "<</S/JavaScript/JS(app.alert\\(1\\))>>";

    public static IEnumerable<Sample> All { get; } =
    [
        .. JavaScript().Select(sample => PdfSamples.Of(Rules.PdfJavaScript.Code, sample)),
        .. Launch().Select(sample => PdfSamples.Of(Rules.PdfLaunch.Code, sample)),
        .. EmbeddedFiles().Select(sample => PdfSamples.Of(Rules.PdfEmbeddedFile.Code, sample)),
        .. RichMedia().Select(sample => PdfSamples.Of(Rules.PdfRichMedia.Code, sample)),
        .. Xfa().Select(sample => PdfSamples.Of(Rules.PdfXfa.Code, sample)),
        .. OpenActions().Select(sample => PdfSamples.Of(Rules.PdfOpenAction.Code, sample)),
        .. Encrypted().Select(sample => PdfSamples.Of(Rules.PdfEncrypted.Code, sample)),
    ];

    private static IEnumerable<(string What, Func<byte[]> Bytes)> JavaScript() =>
    [
        ("script on opening", () => Document($"/OpenAction{Script}").Table().ToArray()),
        ("script on opening, elsewhere", () => Document("/OpenAction 4 0 R").Object(4, Script).Table().ToArray()),
        ("script in the name tree", () => Document("/Names<</JavaScript<</Names[(a) 4 0 R]>>>>").Object(4, "null").Table().ToArray()),
        ("script in a name tree elsewhere", () => Document("/Names<</JavaScript 4 0 R>>").Object(4, "<</Names[(a) 5 0 R]>>").Table().ToArray()),
        ("script in a name tree that came before", () => new PdfBuilder().Object(4, "<<>>").Object(1, "<</Type/Catalog/Pages 2 0 R/Names<</JavaScript 4 0 R>>>>")
            .Object(2, "<</Type/Pages/Kids[]/Count 0>>").Table().ToArray()),
        ("script of a link", () => Document().Object(4, $"<</Type/Annot/Subtype/Link/A{Script}>>").Table().ToArray()),
        ("script of a field", () => Document().Object(4, $"<</FT/Tx/AA<</K{Script}>>>>").Table().ToArray()),
        ("script in a page's action", () => Document().Object(4, $"<</Type/Page/AA<</O{Script}>>>>").Table().ToArray()),
        ("script that follows another action", () => Document().Object(4, $"<</S/GoTo/D[3 0 R/Fit]/Next{Script}>>").Table().ToArray()),
        ("script in an array of actions", () => Document().Object(4, $"<</S/GoTo/D[3 0 R/Fit]/Next[{Script}]>>").Table().ToArray()),
        ("escaped names", () => Document().Object(4, "<</#53/J#61va#53cript/#4a#53(1)>>").Table().ToArray()),
        ("an escaped key alone", () => Document().Object(4, "<</S/GoTo/J#53(1)>>").Table().ToArray()),
        ("a name of its own object", () => Document().Object(4, "<</S 5 0 R/A(1)>>").Object(5, "/JavaScript").Table().ToArray()),
        ("a tag's disguise", () => Document().Object(4, "<</Type/StructElem/P 3 0 R/S/JavaScript/JS(1)>>").Table().ToArray()),
        ("a disguise as a font", () => Document().Object(4, "<</Font<</S/JavaScript/JS(1)>>>>").Table().ToArray()),
        ("two kinds of action", () => Document().Object(4, "<</S/JavaScript/S/GoTo/JS(1)>>").Table().ToArray()),
        ("an object that nothing refers to", () => new PdfBuilder().Raw($"7 0 obj{Script}endobj\n").Raw(Document().ToArray()[15..]).Raw("").Table("/Root 1 0 R").ToArray()),
        ("an older revision", () => Document().Object(4, Script).Table().Object(4, "null").Table().ToArray()),
        ("an object stream", () => Document().ObjectStream(8, (4, Script)).CrossReferenceStream(9).ToArray()),
        ("an object stream that is not packed", () => Document().ObjectStream(8, "/Type/ObjStm", bytes => bytes, (4, Script)).CrossReferenceStream(9).ToArray()),
        ("an object stream by an abbreviation", () => Document().ObjectStream(8, "/Type/ObjStm/Filter[/Fl]", Deflate, (4, Script)).CrossReferenceStream(9).ToArray()),
        ("an object stream with a predictor", () => Document()
            .ObjectStream(8, "/Type/ObjStm/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 4>>", bytes => Deflate(Rows(bytes)), (4, Script)).CrossReferenceStream(9).ToArray()),
        ("an object stream with a predictor of one and a half bytes a pixel", () => Document().ObjectStream(
            8, "/Type/ObjStm/Filter/FlateDecode/DecodeParms<</Predictor 11/Columns 2/Colors 3/BitsPerComponent 4>>", bytes => Deflate(PixelRows(bytes)), (4, Script)).CrossReferenceStream(9).ToArray()),
        ("an object stream without type", () => Document().ObjectStream(8, "/Filter/FlateDecode", Deflate, (4, Script)).CrossReferenceStream(9).ToArray()),
        ("an object stream with escaped keys", () => Document().Stream(8, "/#54ype/Obj#53tm/#4e 1/F#69rst 4", $"4 0 {Script}").CrossReferenceStream(9).ToArray()),
        ("an object stream that nothing refers to", () => Document().Stream(8, "/Type/ObjStm/N 1/First 4", $"4 0 {Script}").Table().ToArray()),
        ("an object that an object stream does not list", () => Document().Stream(8, "/Type/ObjStm/N 1/First 4", $"4 0 null {Script}").CrossReferenceStream(9).ToArray()),
        ("an object in a stream", () => Document().Stream(4, "", $"q 5 0 obj{Script}endobj Q").Table().ToArray()),
        ("an object stream whose parameters are another's", () => Document()
            .ObjectStream(8, "/Type/ObjStm/Filter/FlateDecode/DecodeParms<</X<</Predictor 12/Columns 4>>>>", Deflate, (4, Script)).CrossReferenceStream(9).ToArray()),
        ("an object in a stream, at great length", () => Document().Stream(4, "", $"5{new string(' ', 99)}0 obj{Script}endobj").Table().ToArray()),
        ("an object in a stream, with a comment", () => Document().Stream(4, "", $"5 0 %\nobj{Script}endobj").Table().ToArray()),
        ("an object in a stream, without white space", () => Document().Stream(4, "", $"5 0obj{Script}endobj").Table().ToArray()),
        ("an object in a stream, behind a string without end", () => Document().Stream(4, "", $"4 0 obj( 5 0 obj<</S/JavaScript/JS 6 0 R>>endobj").Table().ToArray()),
        ("an object in a stream, without end", () => Document().Stream(4, "", "5 0 obj<</S/JavaScript/JS 6 0 R").Table().ToArray()),
        ("an object in a stream, with unknown words", () => Document().Stream(4, "", "5 0 obj<</A yes no/S/JavaScript/JS 6 0 R>>endobj").Table().ToArray()),
        ("an object in a stream, with a value too few", () => Document().Stream(4, "", "5 0 obj<</A>>/S/JavaScript/JS 6 0 R>>endobj").Table().ToArray()),
        ("an object in a stream, in a broken array", () => Document().Stream(4, "", "5 0 obj[>>{<</S/JavaScript/JS 6 0 R>>]endobj").Table().ToArray()),
        ("a trailer in a stream", () => Document().Stream(4, "", "trailer<</Root<</Names<</JavaScript<</Names[5 0 R]>>>>>>>>").Table().ToArray()),
        ("an object in a comment", () => Document().Raw($"% 5 0 obj{Script}endobj\n").Table().ToArray()),
        ("an object in a string", () => Document().Object(4, $"(\n5 0 obj<</S/JavaScript/JS 6 0 R>>endobj\n)").Table().ToArray()),
        ("an object right behind an end mark", () => [.. Document().Table().ToArray()[..^1], .. System.Text.Encoding.ASCII.GetBytes($"5 0 obj{Script}endobj\n")]),
        ("an object at the edge of the window", () => Document().Stream(4, "", [.. new byte[65_500], .. System.Text.Encoding.ASCII.GetBytes($" 5 0 obj {Script} endobj")]).Table().ToArray()),
    ];

    private static IEnumerable<(string What, Func<byte[]> Bytes)> Launch() =>
    [
        ("a program on opening", () => Document("/OpenAction<</S/Launch/F(calc.exe)>>").Table().ToArray()),
        ("a program of a link", () => Document().Object(4, "<</Subtype/Link/A<</S/Launch/Win<</F(cmd.exe)/P(/c calc)>>>>>>").Table().ToArray()),
        ("a program in an object stream", () => Document().ObjectStream(8, (4, "<</S/La#75nch/F(calc.exe)>>")).CrossReferenceStream(9).ToArray()),
        ("a program, disguised as a tag", () => Document().Object(4, "<</Type/StructElem/P 3 0 R/S/Launch/F(calc.exe)>>").Table().ToArray()),
    ];

    private static IEnumerable<(string What, Func<byte[]> Bytes)> EmbeddedFiles() =>
    [
        ("files in the name tree", () => Document("/Names<</EmbeddedFiles<</Names[(a) 4 0 R]>>>>").Object(4, "null").Table().ToArray()),
        ("a file", () => Document().Stream(4, "/Type/EmbeddedFile", "MZ").Table().ToArray()),
        ("a file by its specification", () => Document().Object(4, "<</Type/Filespec/F(a.exe)/EF<</F 5 0 R>>>>").Table().ToArray()),
        ("a file at an annotation", () => Document().Object(4, "<</Type/Annot/Subtype/FileAttachment/FS(a)>>").Table().ToArray()),
        ("a file where a state is called so", () => Document().Object(4, "<</D<</Type/Filespec/F(a)/EF<</F 5 0 R>>>>>>").Table().ToArray()),
        ("a way into an embedded file, disguised as a tag", () => Document().Object(4, "<</Type/StructElem/P 3 0 R/S/GoToE/T<<>>>>").Table().ToArray()),
        ("a way into an embedded file", () => Document().Object(4, "<</S/GoToE/T<<>>>>").Table().ToArray()),
        ("a file in an object stream", () => Document().ObjectStream(8, (4, "<</Type/Filespec/E#46<</F 5 0 R>>>>")).CrossReferenceStream(9).ToArray()),
        ("an object stream in a stream", () => Document()
            .Stream(4, "", new PdfBuilder("").ObjectStream(8, (4, Script)).ToArray()).Table().ToArray()),
    ];

    private static IEnumerable<(string What, Func<byte[]> Bytes)> RichMedia() =>
    [
        .. ((string[])["RichMedia", "Movie", "Sound", "Screen", "3D"]).Select(kind =>
            ($"an annotation of {kind}", (Func<byte[]>)(() => Document().Object(4, $"<</Type/Annot/Subtype/{kind}>>").Table().ToArray()))),
        .. ((string[])["RichMediaExecute", "Movie", "Sound", "Rendition", "GoTo3DView"]).Select(kind =>
            ($"an action of {kind}", (Func<byte[]>)(() => Document().Object(4, $"<</S/{kind}>>").Table().ToArray()))),
        ("a rendition, disguised as a tag", () => Document().Object(4, "<</Type/StructElem/P 3 0 R/S/Rendition/R 5 0 R/OP 0>>").Table().ToArray()),
        ("rich media in an object stream", () => Document().ObjectStream(8, (4, "<</Subtype/Rich#4dedia>>")).CrossReferenceStream(9).ToArray()),
    ];

    private static IEnumerable<(string What, Func<byte[]> Bytes)> Xfa() =>
    [
        ("a form", () => Document("/AcroForm<</Fields[]/XFA 4 0 R>>").Stream(4, "", "<xdp/>").Table().ToArray()),
        ("a form in parts", () => Document("/AcroForm 5 0 R").Object(5, "<</XFA[(a) 4 0 R]>>").Stream(4, "", "<xdp/>").Table().ToArray()),
        ("a form in an object stream", () => Document().ObjectStream(8, (4, "<</#58FA[]>>")).CrossReferenceStream(9).ToArray()),
    ];

    private static IEnumerable<(string What, Func<byte[]> Bytes)> OpenActions() =>
    [
        ("a web page on opening", () => Document("/OpenAction<</S/URI/URI(https://example.org)>>").Table().ToArray()),
        ("a web page on opening, elsewhere", () => Document("/OpenAction 4 0 R").Object(4, "<</S/URI/URI(https://example.org)>>").Table().ToArray()),
        ("a web page on opening, before the catalog", () => new PdfBuilder().Object(4, "<</S/URI/URI(https://example.org)>>")
            .Object(1, "<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>").Object(2, "<</Type/Pages/Kids[]/Count 0>>").Table().ToArray()),
        ("a web page on opening, by an entry that leads to it", () => Document("/OpenAction 4 0 R")
            .Entry(4, Document("/OpenAction 4 0 R").Offset).Object(5, "<</S/URI/URI(https://example.org)>>").Table().ToArray()),
        ("printing on opening", () => Document("/OpenAction<</S/Named/N/Print>>").Table().ToArray()),
        ("a form sent on opening", () => Document("/OpenAction<</S/SubmitForm/F(https://example.org)>>").Table().ToArray()),
        ("another document on opening", () => Document("/OpenAction<</S/GoToR/F(\\\\\\\\example.org\\\\a.pdf)/D[0/Fit]>>").Table().ToArray()),
        ("data imported on opening", () => Document("/OpenAction<</S/ImportData/F(a.fdf)>>").Table().ToArray()),
        ("an action of unknown kind on opening", () => Document("/OpenAction<</S 4 0 R>>").Object(4, "/URI").Table().ToArray()),
        ("an action behind a reference to a reference", () => Document("/OpenAction 4 0 R").Object(4, "5 0 R").Object(5, "null").Table().ToArray()),
        ("a page and then a web page", () => Document("/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next<</S/URI/URI(https://example.org)>>>>").Table().ToArray()),
        ("a web page on turning a page", () => Document().Object(4, "<</Type/Page/AA<</O<</S/URI/URI(https://example.org)>>>>>>").Table().ToArray()),
        ("a web page on turning a page, elsewhere", () => Document().Object(4, "<</Type/Page/AA<</O 5 0 R>>>>").Object(5, "<</S/URI/URI(https://example.org)>>").Table().ToArray()),
        ("additional actions elsewhere", () => Document("/AA 4 0 R").Object(4, "<</WC 5 0 R>>").Table().ToArray()),
        ("a web page on opening, hidden in a stream", () => Document("/OpenAction 5 0 R")
            .Stream(4, "", "5 0 obj<</S/URI/URI(https://example.org)>>endobj").Object(5, "<</S/GoTo/D[3 0 R/Fit]>>").Table().ToArray()),
        ("a web page on opening, by a reference that hides", () => Document("/OpenAction 5 0 R")
            .Stream(4, "", "5 0 obj 6 0 R endobj").Object(5, "<</S/GoTo/D[3 0 R/Fit]>>").Object(6, "<</S/URI/URI(https://example.org)>>").Table().ToArray()),
        ("a web page on opening, in an object stream that does not list it", () => Document("/OpenAction 4 0 R")
            .Stream(8, "/Type/ObjStm/N 1/First 4", "4 0 null <</S/URI/URI(https://example.org)>>").CrossReferenceStream(9).ToArray()),
        ("a web page on opening, in another's place", () => Document("/OpenAction 4 0 R")
            .ObjectStream(8, (5, "<</S/URI/URI(https://example.org)>>"), (4, "<</S/GoTo/D[3 0 R/Fit]>>")).Entry(4, 8, 0).CrossReferenceStream(9).ToArray()),
        ("a web page on opening, in object streams", () => new PdfBuilder()
            .ObjectStream(8, (4, "<</S/URI/URI(https://example.org)>>"), (1, "<</Type/Catalog/Pages 2 0 R/Open#41ction 4 0 R>>"), (2, "<</Type/Pages/Kids[]/Count 0>>"))
            .CrossReferenceStream(9).ToArray()),
    ];

    private static IEnumerable<(string What, Func<byte[]> Bytes)> Encrypted() =>
    [
        ("a table's trailer", () => Document().Object(4, "<</Filter/Standard/V 1/R 2>>").Table("/Root 1 0 R/Encrypt 4 0 R").ToArray()),
        ("a cross-reference stream", () => Document().Object(4, "<</Filter/Standard/V 4/R 4>>").CrossReferenceStream(9, "/Root 1 0 R/Encrypt 4 0 R").ToArray()),
        ("object streams that cannot be read", () => Document().Object(4, "<</Filter/Standard/V 4/R 4>>")
            .ObjectStream(8, "/Type/ObjStm/Filter/FlateDecode", bytes => Array.ConvertAll(Deflate(bytes), b => (byte)~b), (5, "null"))
            .CrossReferenceStream(9, "/Root 1 0 R/Encrypt 4 0 R").ToArray()),
        ("an escaped key", () => Document().Object(4, "<</Filter/Standard/V 1/R 2>>").Table("/Root 1 0 R/#45ncrypt 4 0 R").ToArray()),
    ];

    /// <summary>With the predictor "Sub" a row of 3 bytes, in which a pixel counts as 2.</summary>
    private static byte[] PixelRows(byte[] bytes) => [.. bytes.Chunk(3).SelectMany(row => (byte[])[1, .. row.Select((b, i) => (byte)(b - (i < 2 ? 0 : row[i - 2])))])];

    /// <summary>With the predictor "Up" a row of 4 bytes.</summary>
    private static byte[] Rows(byte[] bytes)
    {
        var rows = new MemoryStream();
        var above = new byte[4];
        foreach (var row in bytes.Chunk(4))
        {
            rows.WriteByte(2);
            for (var i = 0; i < row.Length; i++)
                rows.WriteByte((byte)(row[i] - above[i]));
            row.CopyTo(above, 0);
        }

        return rows.ToArray();
    }
}
