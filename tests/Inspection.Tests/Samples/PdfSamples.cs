using System.Text;
using Uploader.Inspection;
using static Inspection.Tests.Samples.PdfBuilder;

namespace Inspection.Tests.Samples;

/// <summary>PDFs whose structure is unusual, or broken, or also something else.</summary>
internal static class PdfSamples
{
    public static IEnumerable<Sample> All { get; } =
    [
        .. Unusual().Select(sample => Of(Sample.Accepted, sample)),
        .. Broken().Select(sample => Of(Rules.PdfStructure.Code, sample)),
        .. Streams().Select(sample => Of(Rules.PdfStructure.Code, sample)),
        .. Trailing().Select(sample => Of(Rules.TrailingData.Code, sample)),
        .. Complex().Select(sample => Of(Rules.TooComplex.Code, sample)),
        .. Bombs().Select(sample => Of(Rules.Bomb.Code, sample)),
        .. Polyglots().Select(sample => Of(Rules.Polyglot.Code, sample)),
        .. Scripts().Select(sample => Of(Rules.ScriptInMetadata.Code, sample)),
    ];

    public static Sample Of(string verdict, (string What, Func<byte[]> Bytes) sample) =>
        new($"{verdict}, {sample.What}.pdf", verdict, sample.What, sample.Bytes);

    private static IEnumerable<(string What, Func<byte[]> Bytes)> Unusual() =>
    [
        ("one page", () => Document().Table().ToArray()),
        ("a cross-reference stream", () => Document().CrossReferenceStream(9).ToArray()),
        ("everything in an object stream", () => new PdfBuilder()
            .ObjectStream(8, (1, "<</Type/Catalog/Pages 2 0 R>>"), (2, "<</Type/Pages/Kids[3 0 R]/Count 1>>"), (3, "<</Type/Page/Parent 2 0 R>>"), (4, "12"), (5, "13"), (6, "/N"))
            .CrossReferenceStream(9).ToArray()),
        ("two revisions", () => Document().Table().Object(2, "<</Type/Pages/Kids[]/Count 0>>").Table().ToArray()),
        ("a revision behind an end mark without line end", () => Glued()),
        ("a stream whose length comes later", () => Document().Stream(4, "", "0 0 m"u8.ToArray(), "5 0 R").Object(5, "5").Table().ToArray()),
        ("a stream whose length came before", () => Document().Object(5, "5").Stream(4, "", "0 0 m"u8.ToArray(), "5 0 R").Table().ToArray()),
        ("a stream that says endstream", () => Document().Stream(4, "", "(endstream) Tj").Table().ToArray()),
        ("an offset that forgets a line end", () => Document().Entry(4, Document().Offset).Raw("\r\n4 0 obj\nnull\nendobj\n").Table().ToArray()),
        ("an object without its end", () => Document().Here(4).Raw("4 0 obj\n<</A 1>>\n").Object(5, "null").Table().ToArray()),
        ("an entry for an object that was never written", () => Document().Entry(4, Document().Offset).Object(5, "null").Table().ToArray()),
        ("one endobj too many", () => Document().Raw("endobj\n").Table().ToArray()),
        ("an empty object", () => Document().Here(4).Raw("4 0 obj\nendobj\n").Table().ToArray()),
        ("strings with parentheses and escapes", () => Document().Object(4, @"[(a(b)c) (\)) (\\) <48 656c6C6F> <4>]").Table().ToArray()),
        ("comments in an object", () => Document().Object(4, "[1 % one\n 2 %)\n]").Table().ToArray()),
        ("odd numbers", () => Document().Object(4, "[+1 -.5 4. 0.-5 .0 00012 99999999999999999999]").Table().ToArray()),
        ("zeros at the end", () => Document().Table().Raw(new byte[512]).ToArray()),
        ("a page to open at", () => Document("/OpenAction[3 0 R/Fit]").Table().ToArray()),
        ("an action that goes to a page on opening", () => Document("/OpenAction<</S/GoTo/D[3 0 R/Fit]>>").Table().ToArray()),
        ("an action elsewhere that goes to a page on opening", () => Document("/OpenAction 4 0 R").Object(4, "<</S/GoTo/D[3 0 R/Fit]>>").Table().ToArray()),
        ("a link to the web", () => Document().Object(4, "<</Type/Annot/Subtype/Link/A<</S/URI/URI(https://example.org)>>>>").Table().ToArray()),
        ("a form that can be sent", () => Document("/AcroForm<</Fields[4 0 R]>>").Object(4, "<</FT/Btn/T(send)/A<</S/SubmitForm/F(https://example.org)>>>>").Table().ToArray()),
        ("a tag whose name is that of an action", () => Document("/StructTreeRoot 4 0 R")
            .Object(4, "<</Type/StructTreeRoot/K 5 0 R/RoleMap<</JavaScript/P/Launch/P>>>>").Object(5, "<</Type/StructElem/S/JavaScript/P 4 0 R/K 0>>").Table().ToArray()),
        ("fonts, pictures and states with the names of keys", () => Document()
            .Object(4, "<</Font<</JS 3 0 R/AA 3 0 R>>/XObject<</EF 3 0 R>>>>").Object(5, "<</AP<</N<</JS 3 0 R/Off 3 0 R>>>>/AS/JS>>").Table().ToArray()),
        ("a name with a space", () => Document().Object(4, "<</A#20B/C#d6>>").Table().ToArray()),
        ("an object stream with comments between its objects", () => Document().Stream(8, "/Type/ObjStm/N 3/First 14", "4 0 5 11 6 17 %1\n[] %2 \n\n[]\n%3\n%4\n[]").CrossReferenceStream(9).ToArray()),
        ("an object stream whose filter has no parameters", () => Document()
            .ObjectStream(8, "/Type/ObjStm/Filter[/FlateDecode]/DecodeParms[null]", Deflate, (4, "null")).CrossReferenceStream(9).ToArray()),
        ("an object stream with parameters for no filter", () => Document()
            .ObjectStream(8, "/Type/ObjStm/DecodeParms<</Predictor 12/Columns 4>>", bytes => bytes, (4, "null")).CrossReferenceStream(9).ToArray()),
        ("a text about objects", () => Document().Stream(4, "", "BT (an obj has 1 obj <<) Tj\n(trailer) Tj (trailer hitch) Tj ET").Table().ToArray()),
        ("a text with an object that only goes to a page", () => Document("/OpenAction 5 0 R")
            .Stream(4, "", "5 0 obj<</S/GoTo/D[3 0 R/Fit]>>endobj").Object(5, "<</S/GoTo/D[3 0 R/Fit]>>").Table().ToArray()),
        ("a table that nothing leads to", () => Document().Raw("xref\n0 0\ntrailer\n<</Root 1 0 R>>\n").Table().ToArray()),
        ("a linearised file that was changed, with its first table", () => [.. Linearised("\n", FirstTable), .. "\n"u8]),
        ("names of scripts that were never written", () => Document("/Names<</JavaScript 4 0 R>>").Table().ToArray()),
        ("a byte of ones at the end", () => Document().Table().Raw([0xFF]).ToArray()),
        ("a state saved between objects", () => Document().Raw("Q q\n").Table().ToArray()),
        ("a cross-reference stream with long fields", () => CrossReferenceOf("/W[1 8 2]/Index[1 1]", [1, 0, 0, 0, 0, 0, 0, 0, 15, 0, 0])),
        ("a hybrid file that was changed by a copy of its trailer", Hybrid),
        ("structure in an object stream, with a page to go to", () => Document("/OpenAction 5 0 R/StructTreeRoot 4 0 R")
            .ObjectStream(8, (4, "<</Type/StructTreeRoot/K 6 0 R>>"), (5, "<</S/GoTo/D[3 0 R/Fit]>>"), (6, "<</S/Document/P 4 0 R>>")).CrossReferenceStream(9).ToArray()),
        ("a document about PHP", () => Document("/Outlines 4 0 R").Object(4, "<</First 5 0 R>>").Object(5, "<</Title(<?php )/Parent 4 0 R>>").Table().ToArray()),
    ];

    private static byte[] Glued()
    {
        var first = Document().Table().ToArray()[..^1];
        var second = $"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n";
        var previous = Encoding.ASCII.GetString(first).Split("startxref\n")[1].Split('\n')[0];
        return [.. first, .. Encoding.ASCII.GetBytes(
            $"{second}xref\n2 1\n{first.Length:D10} 00000 n \ntrailer\n<</Size 4/Root 1 0 R/Prev {previous}>>\nstartxref\n{first.Length + second.Length}\n%%EOF")];
    }

    private static IEnumerable<(string What, Func<byte[]> Bytes)> Broken() =>
    [
        ("nothing but a header", () => new PdfBuilder().ToArray()),
        ("no end mark", () => Document().Table().ToArray()[..^6]),
        ("half an end mark", () => Document().Table().ToArray()[..^2]),
        ("no startxref", () => Document().Raw("%%EOF\n").ToArray()),
        ("a cross-reference that points beyond the end", () => Document().End(99_999).ToArray()),
        ("a cross-reference that points at an object", () => Document().End(15).ToArray()),
        ("a cross-reference that points into a comment", () => Document().Raw("%xref 0 0 trailer<</Root 1 0 R>>\n").End(Document().Offset + 1).ToArray()),
        ("a cross-reference in a stream", () => Document().Stream(4, "", "xref\n0 0\ntrailer<</Root 1 0 R>>")
            .End(Document().Stream(4, "", "").Offset - "\nendstream\nendobj\n".Length + 1).ToArray()),
        ("an entry for an object that is not there", () => Document().Entry(4, 99_999).Table().ToArray()),
        ("an entry for another object, which has none", () => Document().Entry(4, Document().Offset).Raw("5 0 obj\nnull\nendobj\n").Table().ToArray()),
        ("an entry for another object, past the one that is meant", () =>
            Document().Entry(4, Document().Offset).Object(5, "null").Raw("4 0 obj\nnull\nendobj\n").Table().ToArray()),
        ("an entry for another object, past the one in a stream", () =>
            Document().ObjectStream(8, (4, "null")).Entry(4, Document().Offset).Object(5, "null").Table().ToArray()),
        ("an entry of a very high number for another object", () => Document().Entry(600_000, Document().Offset).Object(5, "null").Table().ToArray()),
        ("a catalog that was never written", () => Document().Entry(4, "%PDF-1.7\n%abcd\n".Length).Table("/Root 4 0 R").ToArray()),
        ("an entry that points into an object", () => Document().Entry(3, Document().Offset - 40).Table().ToArray()),
        ("an entry that points into a stream", () => Document().Stream(4, "", "5 0 obj<<>>endobj").Entry(5, Document().Stream(4, "", "").Offset - 18).Table().ToArray()),
        ("an entry of another generation", () => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(Document().Table().ToArray()).Replace("00000 n", "00001 n", StringComparison.Ordinal))),
        ("cross-references that go round", () => Document().Table($"/Root 1 0 R/Prev {Document().Offset}").ToArray()),
        ("two older cross-references in one trailer", () => Document().Table($"/Root 1 0 R/Prev 0/Prev {Document().Offset}").ToArray()),
        ("an older cross-reference that is no number", () => Document().Table("/Root 1 0 R/Prev 1 0 R").ToArray()),
        ("no root", () => Document().Table("").ToArray()),
        ("a root that is a page", () => Document().Table("/Root 3 0 R").ToArray()),
        ("a table that ends early", () => Document().Raw("xref\n0 9\n0000000000 65535 f \ntrailer\n<</Root 1 0 R>>\n").End(Document().Offset).ToArray()),
        ("a table without trailer", () => Document().Raw("xref\n0 0\n").End(Document().Offset).ToArray()),
        ("text between objects", () => Document().Raw("hello\n").Table().ToArray()),
        ("bytes between objects", () => Document().Raw([0x7F, 0x45, 0x4C, 0x46, 1, 1, 1]).Table().ToArray()),
        ("a dictionary between objects", () => Document().Raw("<</A 1>>\n").Table().ToArray()),
        ("a string that does not end", () => Document().Object(4, "(a(b)").Table().ToArray()),
        ("a hexadecimal string of something else", () => Document().Object(4, "<48xx>").Table().ToArray()),
        ("a dictionary that does not end", () => Document().Object(4, "<</A 1").Table().ToArray()),
        ("a dictionary with a key too many", () => Document().Object(4, "<</A>>").Table().ToArray()),
        ("an array that closes as a dictionary", () => Document().Object(4, "[1>>").Table().ToArray()),
        ("an unknown word", () => Document().Object(4, "<</A yes>>").Table().ToArray()),
        ("two values in an object", () => Document().Object(4, "/A /B").Table().ToArray()),
        ("objects behind the last cross-reference", () => Document().Table().Object(4, "null").ToArray()),
        ("a revision without end", () => Document().Table().Object(4, "null").Raw("xref\n0 0\ntrailer<</Root 1 0 R>>").ToArray()),
        ("an object in a stream that is none", PageInOrdinaryStream),
        ("a second startxref in a comment", () => Changed("%%EOF", "%startxref 2\n%%EOF")),
        ("a comment before where the cross-reference is", () => Changed("startxref\n", "startxref\n%\n")),
        ("a name that is cut off", () => Document().Object(4, "<</JavaScript#00 5 0 R>>").Table().ToArray()),
        ("a name that ends earlier in Chrome", () => Document().Object(4, "<</JS\u0080(1)>>").Table().ToArray()),
        ("a name that is another one to Chrome", () => Document().Object(4, "<</J#4J 5 0 R>>").Table().ToArray()),
        ("a reference that is another one in 32 bits", () => Document().Object(4, "[4294967297 0 R]").Table().ToArray()),
        ("a comment in the header of an object", () => Document().Here(4).Raw("4 %\n0 obj\nnull\nendobj\n").Table().ToArray()),
        ("an object that begins at great length", () => Document().Here(4).Raw($"4{new string(' ', 40)}0 obj\nnull\nendobj\n").Table().ToArray()),
        ("a linearised file that leads past its first cross-reference", () => Linearised("\n", FirstTable)),
        ("a linearised file with a cross-reference in a comment", () => Linearised($"% endobj {FirstTable}\n", "")),
    ];

    private const string FirstTable = "xref\n4 1\n0000000020 00000 n \ntrailer<</Root 1 0 R>>\n";

    /// <summary>Readers that go by the first object take the first table, and not the one that <c>startxref</c> leads to.</summary>
    private static byte[] Linearised(string comment, string table)
    {
        byte[] Of(long length) => new PdfBuilder($"%PDF-1.7\n{comment}").Object(9, $"<</Linearized 1/L {length:D5}>>").Raw(table)
            .Object(1, "<</Type/Catalog/Pages 2 0 R>>").Object(2, "<</Type/Pages/Kids[]/Count 0>>").Table().ToArray();
        return Of(Of(0).Length);
    }

    private static byte[] Changed(string what, string into) =>
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(Document().Table().ToArray()).Replace(what, into, StringComparison.Ordinal));

    /// <summary>The page is said to be in object stream 8, which is an ordinary stream.</summary>
    private static byte[] PageInOrdinaryStream()
    {
        var document = new PdfBuilder().Object(1, "<</Type/Catalog/Pages 2 0 R>>").Object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>");
        document.ObjectStream(8, "", bytes => bytes, (3, "null"));
        var text = Encoding.Latin1.GetString(document.CrossReferenceStream(9).ToArray());
        return Encoding.Latin1.GetBytes(text.Replace("/N 1/First 4", "/X 1/Other 4", StringComparison.Ordinal));
    }

    private static IEnumerable<(string What, Func<byte[]> Bytes)> Streams() =>
    [
        ("a stream without length", () => Document().Here(4).Raw("4 0 obj\n<</A 1>>\nstream\n\nendstream\nendobj\n").Table().ToArray()),
        ("a stream that is longer than it says", () => Document().Stream(4, "", "0 0 m 1 1 l"u8.ToArray(), "4").Table().ToArray()),
        ("a stream that is shorter than it says", () => Document().Stream(4, "", "0 0 m"u8.ToArray(), "400").Table().ToArray()),
        ("a stream of negative length", () => Document().Stream(4, "", "0 0 m"u8.ToArray(), "-4").Table().ToArray()),
        ("a stream longer than the file", () => Document().Stream(4, "", "0 0 m"u8.ToArray(), "999999999999").Table().ToArray()),
        ("a stream whose length is wrong elsewhere", () => Document().Stream(4, "", "0 0 m"u8.ToArray(), "5 0 R").Object(5, "4").Table().ToArray()),
        ("a stream whose length is nowhere", () => Document().Stream(4, "", "0 0 m"u8.ToArray(), "5 0 R").Table().ToArray()),
        ("a stream that begins in a comment", () => Document().Here(4).Raw("4 0 obj\n<</Length 1>>\nstream%\n \nendstream\nendobj\n").Table().ToArray()),
        ("a stream that begins on the line", () => Document().Here(4).Raw("4 0 obj\n<</Length 5>>\nstream 0 0 m\nendstream\nendobj\n").Table().ToArray()),
        ("a stream without endstream", () => Document().Here(4).Raw("4 0 obj\n<</Length 5 0 R>>\nstream\nabc\nendobj\n").Object(5, "3").Table().ToArray()),
        ("an object stream that is no deflate", () => Document().ObjectStream(8, "/Type/ObjStm/Filter/FlateDecode", bytes => bytes, (4, "null")).CrossReferenceStream(9).ToArray()),
        ("an object stream that is cut off", () => Document().ObjectStream(8, "/Type/ObjStm/Filter/FlateDecode", bytes => Deflate(bytes)[..^8], (4, "[1 2 3 4 5 6 7 8 9]")).CrossReferenceStream(9).ToArray()),
        ("an object stream whose offsets point into a string", () => Document().Stream(8, "/Type/ObjStm/N 1/First 4", "4 1 (null)").CrossReferenceStream(9).ToArray()),
        ("an object stream whose offset points into a comment", () => Document().Stream(8, "/Type/ObjStm/N 1/First 4", "4 1 %[1]\n[]").CrossReferenceStream(9).ToArray()),
        ("an object stream with a comment between its offsets", () => Document().Stream(8, "/Type/ObjStm/N 1/First 7", "4 %\n 0 []").CrossReferenceStream(9).ToArray()),
        ("an object stream that begins before its first object", () => Document().Stream(8, "/Type/ObjStm/N 2/First 8", "4 5 5 8 [0] [] []").CrossReferenceStream(9).ToArray()),
        ("an object stream whose offsets go back", () => Document().Stream(8, "/Type/ObjStm/N 2/First 8", "4 3 5 0 [] []").CrossReferenceStream(9).ToArray()),
        ("an object stream with fewer objects than it says", () => Document().Stream(8, "/Type/ObjStm/N 2/First 8", "4 0 5 3 []").CrossReferenceStream(9).ToArray()),
        ("a broken object in an object stream", () => Document().ObjectStream(8, (4, "<</A")).CrossReferenceStream(9).ToArray()),
        ("something behind the objects of an object stream", () => Document().Stream(8, "/Type/ObjStm/N 1/First 4", "4 0 [] hello").CrossReferenceStream(9).ToArray()),
        ("a cross-reference stream with too few lines", () => CrossReferenceOf("/W[1 4 1]/Index[1 9]", [1, 0, 0, 0, 15, 0])),
        ("a cross-reference stream with strange widths", () => CrossReferenceOf("/W[1 9 1]/Index[1 1]", new byte[11])),
        ("a cross-reference stream with a number that is another one in 32 bits", () => CrossReferenceOf("/W[5 4 1]/Index[1 1]", [1, 0, 0, 0, 1, 0, 0, 0, 15, 0])),
        ("a cross-reference stream without widths", () => CrossReferenceOf("/Index[1 1]", [1, 0, 0, 0, 15, 0])),
        ("a cross-reference stream of nothing", () => CrossReferenceOf("/W[0 0 0]/Index[0 999999999]", [])),
        ("a cross-reference stream that is no deflate", () => CrossReferenceOf("/W[1 4 1]/Index[1 1]/Filter/FlateDecode", [1, 0, 0, 0, 15, 0])),
        ("a cross-reference stream with an odd index", () => CrossReferenceOf("/W[1 4 1]/Index[1]", [1, 0, 0, 0, 15, 0])),
    ];

    private static byte[] Hybrid()
    {
        var file = Document();
        var hybrid = file.Offset;
        file.Stream(9, "/Type/XRef/Size 10/Root 1 0 R/W[1 4 1]/Index[1 1]", [1, 0, 0, 0, 15, 0]);
        var trailer = $"/Root 1 0 R/XRefStm {hybrid}";
        return file.Table(trailer).Table(trailer).ToArray();
    }

    private static byte[] CrossReferenceOf(string entries, byte[] lines)
    {
        var document = Document();
        var start = document.Offset;
        return document.Stream(9, $"/Type/XRef/Size 10/Root 1 0 R{entries}", lines).End(start).ToArray();
    }

    private static IEnumerable<(string What, Func<byte[]> Bytes)> Trailing() =>
    [
        ("text behind the end", () => Document().Table().Raw("hello").ToArray()),
        ("text right behind the end mark", () => Document().Table().ToArray()[..^1].Concat("hello"u8.ToArray()).ToArray()),
        ("a comment behind the end", () => Document().Table().Raw("% hello").ToArray()),
        ("a comment and a byte of ones at the end", () => Document().Table().Raw("% hello\n").Raw([0xFF]).ToArray()),
        ("very much white space and a byte of ones at the end", () => Document().Table().Raw(new byte[5000]).Raw([0xFF]).ToArray()),
        ("two bytes of ones at the end", () => Document().Table().Raw([0xFF, 0xFF]).ToArray()),
        ("a second end mark", () => Document().Table().Raw("%%EOF\n").ToArray()),
        ("a picture behind the end", () => Document().Table().Raw(Support.Bytes.Png(200)).ToArray()),
        ("very much white space behind the end", () => Document().Table().Raw(new byte[5000]).ToArray()),
    ];

    private static IEnumerable<(string What, Func<byte[]> Bytes)> Complex() =>
    [
        ("arrays in arrays", () => Document().Object(4, new string('[', 500) + new string(']', 500)).Table().ToArray()),
        ("dictionaries in dictionaries without end", () => Document().Object(4, string.Concat(Enumerable.Repeat("<</A", 100_000))).Table().ToArray()),
        ("an object of a very high number", () => Document().Object(8_000_000, "null").Table().ToArray()),
        ("400,000 objects", () => Document().Raw(string.Concat(Enumerable.Repeat("4 0 obj 1 endobj\n", 400_000))).Table().ToArray()),
        ("5,000 streams whose lengths do not come", () => Document().Raw(string.Concat(Enumerable.Range(10, 5000).Select(i => $"4 0 obj<</Length {i} 0 R>>stream\n\nendstream endobj\n"))).Table().ToArray()),
        ("an object stream in ASCII", () => Document().Stream(8, "/Type/ObjStm/N 1/First 4/Filter/ASCIIHexDecode", "34203020 5b5d>").CrossReferenceStream(9).ToArray()),
        ("an object stream packed twice", () => Document().ObjectStream(8, "/Type/ObjStm/Filter[/FlateDecode/FlateDecode]", bytes => Deflate(Deflate(bytes)), (4, "null")).CrossReferenceStream(9).ToArray()),
        ("an object stream whose filter stands elsewhere", () => Document().Object(7, "/FlateDecode").ObjectStream(8, "/Type/ObjStm/Filter 7 0 R", Deflate, (4, "null")).CrossReferenceStream(9).ToArray()),
        ("an object stream with two filters to choose from", () => Document().ObjectStream(8, "/Type/ObjStm/Filter/FlateDecode/Filter null", Deflate, (4, "null")).CrossReferenceStream(9).ToArray()),
        ("an object stream whose count stands elsewhere", () => Document().Object(7, "1").Stream(8, "/Type/ObjStm/N 7 0 R/First 4", "4 0 null").CrossReferenceStream(9).ToArray()),
        ("an object stream with parameters to choose from", () => Document()
            .ObjectStream(8, "/Type/ObjStm/Filter/FlateDecode/DecodeParms[<</Predictor 1>><</Predictor 12>>]", Deflate, (4, "null")).CrossReferenceStream(9).ToArray()),
        ("an object stream with a parameter to choose from", () => Document()
            .ObjectStream(8, "/Type/ObjStm/Filter/FlateDecode/DecodeParms<</Predictor 1/Predictor 12>>", Deflate, (4, "null")).CrossReferenceStream(9).ToArray()),
        ("an object stream with parameters in an array, and a filter in none", () => Document()
            .ObjectStream(8, "/Type/ObjStm/Filter/FlateDecode/DecodeParms[<</Predictor 1>>]", Deflate, (4, "null")).CrossReferenceStream(9).ToArray()),
        ("an object stream with a filter in an array, and parameters in none", () => Document()
            .ObjectStream(8, "/Type/ObjStm/Filter[/FlateDecode]/DecodeParms<</Predictor 1>>", Deflate, (4, "null")).CrossReferenceStream(9).ToArray()),
        ("an object stream with parameters by an abbreviation", () => Document()
            .ObjectStream(8, "/Type/ObjStm/Filter/FlateDecode/DP<</Predictor 1>>", Deflate, (4, "null")).CrossReferenceStream(9).ToArray()),
        ("an object stream whose length is there twice", () => Document().Object(7, "8")
            .Stream(8, "/Type/ObjStm/N 1/First 4", "4 0 null"u8.ToArray(), "7 0 R").Object(7, "9").CrossReferenceStream(9).ToArray()),
        ("an object stream whose length is in another place of one", () => Document().Object(7, "8").Stream(8, "/Type/ObjStm/N 1/First 4", "4 0 null"u8.ToArray(), "7 0 R")
            .Entry(7, 8, 0).CrossReferenceStream(9).ToArray()),
        ("an object stream whose filter is deeper", () => Document().ObjectStream(8, "/Type/ObjStm/Filter[[/FlateDecode]]", Deflate, (4, "null")).CrossReferenceStream(9).ToArray()),
        ("2 MB that look like hidden objects", () => Document().Stream(4, "", string.Concat(Enumerable.Repeat("1 0 obj<<", 1 << 18))).Table().ToArray()),
        ("an object stream in another file", () => Document().Stream(8, "/Type/ObjStm/N 1/First 4/F(other)", "4 0 null").CrossReferenceStream(9).ToArray()),
        ("a cross-reference stream in ASCII", () => CrossReferenceOf("/W[1 4 1]/Index[1 1]/Filter/ASCIIHexDecode", "0100000F00>"u8.ToArray())),
    ];

    private static IEnumerable<(string What, Func<byte[]> Bytes)> Bombs() =>
    [
        ("an object stream of 20 MiB of white space", () => Document()
            .ObjectStream(8, "/Type/ObjStm/Filter/FlateDecode", bytes => Deflate([.. bytes, .. Enumerable.Repeat((byte)' ', 20 << 20)]), (4, "null")).CrossReferenceStream(9).ToArray()),
        ("a cross-reference stream of 20 MiB of zeros", () => CrossReferenceOf("/W[1 4 1]/Index[0 3495253]/Filter/FlateDecode", Deflate(new byte[20 << 20]))),
        ("metadata of 20 MiB", () => Document("/Metadata 4 0 R").Stream(4, "/Type/Metadata/Subtype/XML/Filter/FlateDecode", Deflate(new byte[20 << 20])).Table().ToArray()),
    ];

    private static IEnumerable<(string What, Func<byte[]> Bytes)> Polyglots() =>
    [
        ("a ZIP archive in a comment at the end", () => Document().Raw([.. "%PK\x05\x06"u8, .. new byte[16], 60, 0, .. "\n"u8]).Table().ToArray()),
        ("a ZIP archive in a stream", () => Document().Stream(4, "", Support.Bytes.Docx()).Table().ToArray()),
        ("a RAR archive in a stream", () => Document().Stream(4, "", [.. "Rar!\x1A\x07\x01\x00"u8]).Table().ToArray()),
        ("a RAR archive in a comment", () => Document().Raw([.. "%Rar!\x1A\x07\x00\x00\n"u8]).Table().ToArray()),
        ("a Linux program in a comment", () => Document().Raw([.. "%\x7f"u8, .. "ELF\x02\x01\x01\x00\n"u8]).Table().ToArray()),
        ("a Windows program in a comment", () => Document().Raw("%MZ This program cannot be run in DOS mode.\n").Table().ToArray()),
        ("a ZIP's entry in a comment", () => Document().Raw([.. "%"u8, .. Archived.Zip.Select(b => b is (byte)'\n' or (byte)'\r' ? (byte)11 : b), .. "\n"u8]).Table().ToArray()),
        ("an old tar archive", () => Archived.AsTar(new PdfBuilder("%PDF-1.4\n%" + new string(' ', 2000) + "\n").Object(1, "<</Type/Catalog/Pages 2 0 R>>").Table().ToArray())),
        ("a tar archive", () => Document().Raw("%" + new string(' ', 257 - (int)Document().Offset - 1) + "ustar\0\n").Table().ToArray()),
        ("a disc image in a stream", () => Document().Stream(4, "", [.. new byte[0x8001 - Document().Stream(4, "", new byte[40_000]).Offset + 40_000 + 18], .. "CD001"u8, .. new byte[99]]).Table().ToArray()),
    ];

    private static IEnumerable<(string What, Func<byte[]> Bytes)> Scripts() =>
    [
        ("PHP in the header's line", () => new PdfBuilder("%PDF-1.4 <?php system($_GET['c']); ?>\n").Object(1, "<</Type/Catalog/Pages 2 0 R>>").Table().ToArray()),
        ("PHP in a comment", () => Document().Raw("%<?php system($_GET['c']); ?>\n").Table().ToArray()),
        ("PHP in a comment in an object", () => Document().Object(4, "[1 %<?php system($_GET['c']); ?>\n]").Table().ToArray()),
        ("HTML script in a comment", () => Document().Raw("%<script>alert(1)</script>\n").Table().ToArray()),
        ("PHP in the document's author", () => Document().Object(4, "<</Author(<?php system($_GET['c']); ?>)>>").Table("/Root 1 0 R/Info 4 0 R").ToArray()),
        ("PHP in a key of its own of the document's information, packed", () => Document().ObjectStream(8, (4, "<</X(<?php system($_GET['c']); ?>)>>")).CrossReferenceStream(9, "/Root 1 0 R/Info 4 0 R").ToArray()),
        ("PHP in a trailer", () => Document().Table("/Root 1 0 R/Info<</Author(<?php system($_GET['c']); ?>)>>").ToArray()),
        ("HTML script in XMP", () => Document("/Metadata 4 0 R").Stream(4, "/Type/Metadata/Subtype/XML", "<x><script>alert(1)</script></x>").Table().ToArray()),
        ("PHP in packed XMP", () => Document("/Metadata 4 0 R").Stream(4, "/Type/Metadata/Subtype/XML/Filter/FlateDecode", Deflate([.. "<x><?php system($_GET['c']); ?></x>"u8])).Table().ToArray()),
    ];
}
