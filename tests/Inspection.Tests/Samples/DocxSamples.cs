using System.Text;
using Uploader.Inspection;
using static Inspection.Tests.Samples.DocxBuilder;

namespace Inspection.Tests.Samples;

/// <summary>Word documents that are right as ZIP files, and are judged by their parts.</summary>
internal static class DocxSamples
{
    private const string Strict = "http://purl.oclc.org/ooxml/officeDocument/relationships/";
    private const string Sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private const string Chart = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml";

    private const string TheWorkbook = "../embeddings/Microsoft_Excel_Sheet1.xlsx";
    private const string AddIns = "http://schemas.microsoft.com/office/2011/relationships/";

    private static readonly byte[] CompoundFile = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[100]];

    public static IEnumerable<Sample> All { get; } =
    [
        .. Links(), .. Outside(), .. Fetched(), .. Active(), .. Charts(), .. Types(), .. Xml(), .. Foreign(),
    ];

    private static IEnumerable<Sample> Links() =>
    [
        .. new[] { "http://example.org/a?b#c", "https://example.org", "HTTPS://EXAMPLE.ORG", "mailto:a@example.org?subject=b", "ftp://example.org/a", "tel:+123", "#bookmark", "other.docx", "../a/b.pdf", "www.example.org", "about:blank", "" }
            .Select((target, i) => Is(Sample.Accepted, $"link-{i}", "a link that any document may have", () => Relating(Office + "hyperlink", target))),
        Is(Sample.Accepted, "link-strict", "a link in a strict document", () => Relating(Strict + "hyperlink", "https://example.org")),
        .. new[]
        {
            "javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "java&#9;script:alert(1)", "java&#10;script:alert(1)", "vbscript:x", "data:text/html,x",
            "file:///C:/Windows/System32/calc.exe", "file://server/share/x", "\\\\server\\share\\x", "//server/share/x", "/\\server/x", "%5c%5cserver\\x", "C:\\x.exe", "ms-msdt:/id", "search-ms:query=x", "ms-word:ofe|u|http://x", "shell:startup",
            "\\??\\UNC\\server\\x", "%2F/server/x", "/%5Cserver/x", "%252f%255cserver/x",
        }.Select((target, i) => Is(Rules.DocxLink, $"link-odd-{i}", "a link that is none to a page or an address", () => Relating(Office + "hyperlink", target))),
        Is(Rules.DocxLink, "link-odd-inside", "a script as a link that is said to be inside", () => Relating(Office + "hyperlink", "javascript:alert(1)", isExternal: false)),
    ];

    private static IEnumerable<Sample> Outside() =>
    [
        .. new[]
        {
            "file:///C:\\Users\\a\\AppData\\Roaming\\Microsoft\\Templates\\b.dotx", "file:///C:/a/b.dotx", "Normal.dotm", "Macintosh%20HD:Applications:Template.dotx", "C:\\a.dotx", "file://localhost/Users/a/b.dotx",
            "file://C:/a.dotx", "file:////D:\\templates\\a.dotx", "file://///C:/a.dotx", "file:D:/a.dotx", "../templates/a.dotx", "\\templates\\a.dotx", "file:///home/a/b%20c.dotx",
            "file:////Users/a/Library/Group%20Containers/UBF8T346G9.Office/User%20Content.localized/Templates.localized/Normal.dotm",
            "file:////Users/a/Library/Containers/com.microsoft.Word/Data/Library/Application%20Support/Microsoft/Office/Templates/Normal.dotm",
        }
            .Select((target, i) => Is(Sample.Accepted, $"template-{i}", "a template on the writer's disk, as Word names it", () => Relating(Office + "attachedTemplate", target))),
        Is(Sample.Accepted, "picture-local", "a pasted picture on the writer's disk, as Word names it", () => Relating(Office + "image", "file:///C:\\Users\\a\\AppData\\Local\\Temp\\msohtmlclip1\\01\\clip_image001.png")),
        .. new[]
        {
            "http://example.org/a.dotm", "https://example.org/a.dotm", "file://server/share/a.dotm", "file://///server/a.dotm", "file:////server/a.dotm", "\\\\server\\a.dotm", "//server/a.dotm", "file:///\\\\server\\a.dotm",
            "file:///%5c%5cserver/a.dotm", "ftp://example.org/a", " http://example.org/a", "h&#9;ttp://example.org/a", "mhtml:http://example.org/a",
            "\\??\\UNC\\server\\share\\a.dotm", "/??/UNC/server/a.dotm", "\\\\?\\UNC\\server\\a.dotm", "\\\\.\\UNC\\server\\a.dotm", "/./UNC/server/a.dotm", "//?/UNC/server/a.dotm", "%2F/server/a.dotm", "/%2fserver/a.dotm",
            "%5c%5cserver/a.dotm", "%255c%255cserver/a.dotm", "%2F%5Cserver/a.dotm", "file:///./\\\\server/a.dotm", "file:///%5c%5cserver/..", "file:///%2e/UNC/server/a.dotm", "file:///%3F%3F/UNC/server/a.dotm",
            "file:///.//server/a.dotm", "file:///C://server/a.dotm", "file:///C:/..\\/server/a.dotm", "C:\\a\\%5Cserver/a.dotm", "file:///a//server/a.dotm", "file://localhost//server/a.dotm", "file:/%2Fserver/a.dotm",
            "file:%5c%5cserver/a.dotm", "file://C/a.dotm", "file:////C/a.dotm", "//C:/a.dotm", "h%74tp://example.org/a.dotm", "file://localhost.example.org/a.dotm",
            "file:////users.example.org/a/Library/a.dotm", "file:////Users/Library/a.dotm", "file:////Users/a/b/Library/a.dotm", "file:////Users/a/Library", "file:////Users//Library/a.dotm", "file:////Users/a/Library/../a.dotm",
            "file:////Users/../Library/a.dotm", "file://///Users/a/Library/b/a.dotm", "//Users/a/Library/b/a.dotm", "file://Users/a/Library/b/a.dotm",
        }.Select((target, i) => Is(Rules.DocxRemote, $"template-remote-{i}", "a template elsewhere", () => Relating(Office + "attachedTemplate", target))),
        Is(Rules.DocxRemote, "picture-remote", "a picture elsewhere, which tells who reads the document", () => Relating(Office + "image", "https://example.org/a.png")),
        Is(Rules.DocxRemote, "picture-share", "a picture on a share, where the reader signs in", () => Relating(Office + "image", "file://server/a.png")),
        Is(Rules.DocxRemote, "picture-of-a-mac", "a picture on what Windows takes for a share of a host by the name of Users", () => Relating(Office + "image", "file:////Users/a/Library/b/c.png")),
        Is(Rules.DocxRemote, "picture-remote-strict", "a picture elsewhere, in a strict document", () => Relating(Strict + "image", "https://example.org/a.png")),
        Is(Sample.Accepted, "picture-in-mail", "a picture that was in the mail it was pasted from", () => Relating(Office + "image", "cid:image001.jpg@01D3ABCD.12345678")),
        Is(Rules.DocxRemote, "template-in-mail", "a template that is said to be in a mail", () => Relating(Office + "attachedTemplate", "cid:a.dotm@example.org")),
        Is(Rules.DocxRemote, "picture-remote-inside", "a picture elsewhere that is said to be inside", () => Relating(Office + "image", "https://example.org/a.png", isExternal: false)),
        Is(Rules.DocxRemote, "object-remote", "an object elsewhere (CVE-2021-40444, CVE-2022-30190)", () => Relating(Office + "oleObject", "mhtml:https://example.org/a.html!x-usc:https://example.org/a.html")),
        Is(Rules.DocxRemote, "object-local", "an object on some disk, that is no chart's", () => Relating(Office + "oleObject", "file:///C:/a.xlsx")),
        Is(Rules.DocxRemote, "frame", "a frame with another document", () => Relating(Office + "frame", "https://example.org/a.docx")),
        Is(Rules.DocxRemote, "subdocument", "a part of the text elsewhere", () => Relating(Office + "subDocument", "https://example.org/a.docx")),
        Is(Rules.DocxRemote, "mail-merge", "data elsewhere", () => Relating(Office + "mailMergeSource", "file:///C:/a.mdb")),
        Is(Rules.DocxRemote, "unknown-external", "something of no known kind elsewhere", () => Relating("http://example.org/hyperlink", "https://example.org")),
        Is(Rules.DocxRemote, "settings-template", "a template elsewhere, where Word names it", () => With(new ZipPart("word/settings.xml", "<settings/>"), new ZipPart("word/_rels/settings.xml.rels", RelationshipsXml(Relationship(Office + "attachedTemplate", "http://example.org/a.dotm", isExternal: true))))),
        Is(Rules.DocxRemote, "package-remote", "a thumbnail elsewhere, of the package", () => ZipBuilder.Write([DocxBuilder.Types(), RootRelationships with { Content = Encoding.UTF8.GetBytes(RelationshipsXml(Relationship(Office + "officeDocument", "word/document.xml") + Relationship(Office + "image", "http://example.org/a", isExternal: true))) }, MainPart])),
    ];

    /// <summary>By a link: LibreOffice does not ask of which type the relationship is.</summary>
    private static IEnumerable<Sample> Fetched() =>
    [
        .. new[]
        {
            "<w:hyperlink r:id=\"link\"><w:r/></w:hyperlink>", "<w:hyperlink\n r:id = 'link' w:history=\"1\"/>", "<a:hlinkClick r:id=\"link\"/>", "<a:hlinkHover r:id=\"link\"/>", "<a:hlinkMouseOver r:id=\"link\"/>", "<a1611:picAttrSrcUrl r:id=\"link\"/>",
            "<a:blip r:embed=\"picture\" r:link=\"other\"/>", "<w:t>link &amp; \"a link\" &#x49;</w:t>", "<a:blip r:link=\"Link\"/><a:blip r:link=\"link1\"/><a:blip r:link=\"\"/>",
            "<w:p w:rsidR=\"" + new string('a', 100_000) + "\"/>", "<w:t>" + new string('a', 100_000) + "</w:t>", "<w:hyperlink r:id=\"&#108;ink\"/>",
        }.Select((markup, i) => Is(Sample.Accepted, $"link-used-{i}", "a link that is used as one", () => Linking(markup))),
        Is(Sample.Accepted, "link-of-another-part", "an id that is a link's in another part", () => With(
            LinksOf("word/notes.xml"), new ZipPart("word/notes.xml", "<a/>"), new ZipPart("word/others.xml", "<a:blip r:link=\"link\"/>"))),
        Is(Sample.Accepted, "links", "five thousand links", () => With(DocumentRelationships(Many(5000, i => Link($"rId{i}"))))),
        .. new[]
        {
            "<a:blip r:link=\"link\"/>", "<a:blip r:embed=\"a\" r:link = 'link'/>", "<v:imagedata r:href=\"link\"/>", "<v:imagedata r:pict=\"link\"/>", "<v:imagedata\tr:id=\"link\"/>", "<o:OLEObject Type=\"Link\" r:id=\"link\"/>",
            "<w:altChunk r:id=\"link\"/>", "<w:subDoc r:id=\"link\"/>", "<w:attachedTemplate r:id=\"link\"/>", "<a:blip x:any\n=\n\"link\"/>", "<a:blip r:link=\"l&#x69;nk\"/>", "<a:blip r:link=\"&#108;&#x69;&#0000110;&#x6B;\"/>",
            "<a:blip r:link=\"&#x" + new string('0', 50_000) + "6c;ink\"/>", "<a:blip a=\"<w:hyperlink\" b=\"&amp;\" r:link=\"link\"/><a:blip r:link=\"link\"/>", "<!-- ' --><a:blip r:link=\"link\"/>",
            "<![CDATA[ <w:hyperlink \" ]]><a:blip r:link=\"link\"/>", "<?a '?><a:blip r:link=\"link\"/>", "<w:hyperlink r:id=\"link\"/><a:blip r:link=\"link\"/>", "<w:hyperlink r:id=\"link\"><a:blip r:link=\"link\"/></w:hyperlink>",
            "<hyperlinks r:link=\"link\"/>", "<hyperlink.a r:link=\"link\"/>", "<a:blip a=\"" + new string('a', 100_000) + "\" r:link=\"link\"/>",
        }.Select((markup, i) => Is(Rules.DocxRemote, $"link-fetched-{i}", "a link that is used to fetch something", () => Linking(markup))),
        Is(Rules.DocxRemote, "link-fetched-first", "a link that is used to fetch something, in a part before its relationships", () => With(new ZipPart("word/notes.xml", "<a:blip r:link=\"link\"/>"), LinksOf("word/notes.xml"))),
        Is(Rules.DocxRemote, "link-fetched-in-case", "a link that is used to fetch something, of a part that is called otherwise", () => With(LinksOf("WORD/n%6Ftes.xml"), new ZipPart("word/notes.xml", "<a:blip r:link=\"link\"/>"))),
        Is(Rules.DocxRemote, "link-fetched-strict", "a link that is used to fetch something, in a strict document", () => With(LinksOf("word/notes.xml", Strict), new ZipPart("word/notes.xml", "<a:blip r:link=\"link\"/>"))),
        Is(Rules.DocxRemote, "link-fetched-late", "a link that is used to fetch something, behind ten thousand others", () => Linking(Many(10_000, _ => "<w:hyperlink r:id=\"link\"/>") + "<a:blip r:link=\"link\"/>")),
        Is("docx-structure", "link-utf16", "links in UTF-16", () => With(LinksOf("word/notes.xml"), new ZipPart("word/notes.xml", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<a:blip r:link=\"link\"/>")]))),
        .. new[] { "", "li nk", "l\u00EFnk", "l&apos;nk", "l&quot;nk", "l&lt;nk", "l&amp;nk", new string('a', 256) }
            .Select((id, i) => Is("docx-structure", $"link-id-odd-{i}", "a link whose id can be written in two ways, or is too long", () => With(DocumentRelationships(Link(id))))),
    ];

    private static IEnumerable<Sample> Active() =>
    [
        Is(Rules.DocxMacros, "macros", "macros", () => Relating(MicrosoftTypes + "vbaProject", "vbaProject.bin", isExternal: false, new ZipPart("word/vbaProject.bin", CompoundFile))),
        Is(Rules.DocxMacros, "macros-by-type", "macros by content type", () => With(DocxBuilder.Types(("word/a.bin", "application/vnd.ms-office.vbaProject")), new ZipPart("word/a.bin", "x"))),
        Is(Rules.DocxMacros, "macros-by-type-in-case", "macros by content type in another case", () => With(DocxBuilder.Types(("word/a.bin", "Application/VND.ms-office.VBAPROJECT; a=b")), new ZipPart("word/a.bin", "x"))),
        Is(Rules.DocxMacros, "macros-data", "what goes with macros", () => With(DocxBuilder.Types(("word/vbaData.xml", "application/vnd.ms-word.vbaData+xml")), new ZipPart("word/vbaData.xml", "<x/>"))),
        Is(Rules.DocxMacros, "macros-main", "a document with macros by another extension", () => With(TypesOf("application/vnd.ms-word.document.macroEnabled.main+xml"))),
        Is(Rules.DocxMacros, "macros-template", "a template with macros by another extension", () => With(TypesOf("application/vnd.ms-word.template.macroEnabledTemplate.main+xml"))),
        Is(Rules.DocxActiveX, "activex", "a control", () => Relating(Office + "control", "activeX/activeX1.xml", isExternal: false)),
        Is(Rules.DocxActiveX, "activex-by-type", "a control by content type", () => With(DocxBuilder.Types(("word/activeX/activeX1.xml", "application/vnd.ms-office.activeX+xml")), new ZipPart("word/activeX/activeX1.xml", "<x/>"))),
        Is(Rules.DocxActiveX, "activex-binary", "a control's state", () => Relating(MicrosoftTypes + "activeXControlBinary", "activeX1.bin", isExternal: false)),
        Is(Rules.DocxActiveX, "add-in", "an add-in of Office", () => Relating(AddIns + "webextension", "webextensions/webextension1.xml", isExternal: false)),
        Is(Rules.DocxActiveX, "add-in-pane", "an add-in's pane, of the package", () => ZipBuilder.Write([DocxBuilder.Types(), RootRelating(Relationship(AddIns + "webextensiontaskpanes", "word/webextensions/taskpanes.xml")), MainPart])),
        Is(Rules.DocxActiveX, "add-in-by-type", "an add-in by content type", () => With(DocxBuilder.Types(("word/a.xml", "application/vnd.ms-office.webextension+xml")), new ZipPart("word/a.xml", "<a/>"))),
        Is(Rules.DocxActiveX, "add-in-pane-by-type", "an add-in's pane by content type", () => With(DocxBuilder.Types(("word/a.xml", "application/vnd.ms-office.webextensiontaskpanes+xml")), new ZipPart("word/a.xml", "<a/>"))),
        Is(Rules.DocxEmbeddedObject, "object", "an object", () => Relating(Office + "oleObject", "embeddings/oleObject1.bin", isExternal: false, new ZipPart("word/embeddings/oleObject1.bin", CompoundFile))),
        Is(Rules.DocxEmbeddedObject, "object-by-type", "an object by content type", () => With(DocxBuilder.Types(("word/a.bin", "application/vnd.openxmlformats-officedocument.oleObject")), new ZipPart("word/a.bin", "x"))),
        Is(Rules.DocxEmbeddedObject, "object-as-picture", "an object that is said to be a picture", () => With(new ZipPart("word/media/image1.png", CompoundFile))),
        Is(Rules.DocxEmbeddedObject, "archive-as-picture", "an archive that is said to be a picture", () => With(new ZipPart("word/media/image1.png", With()))),
        Is(Rules.DocxEmbeddedObject, "embedded-document", "a document in the document", () => Relating(Office + "package", "embeddings/a.docx", isExternal: false)),
        Is(Rules.DocxEmbeddedObject, "embedded-by-type", "a slide show by content type", () => With(DocxBuilder.Types(("word/a.pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation")), new ZipPart("word/a.pptx", With()))),
        Is(Rules.DocxAltChunk, "alt-chunk", "HTML that is imported", () => Relating(Office + "aFChunk", "a.html", isExternal: false)),
    ];

    private static IEnumerable<Sample> Charts() =>
    [
        Is(Sample.Accepted, "chart", "a chart with its numbers, as Word writes them", () => WithChart(TheWorkbook)),
        Is(Sample.Accepted, "chart-absolute", "a chart with its numbers by an absolute name", () => WithChart("/word/embeddings/Microsoft_Excel_Sheet1.xlsx")),
        Is(Sample.Accepted, "chart-linked", "a chart with its numbers on the writer's disk", () => WithChart("file:///C:/a.xlsx", isExternal: true)),
        Is(Rules.DocxRemote, "chart-remote", "a chart with its numbers elsewhere", () => WithChart("https://example.org/a.xlsx", isExternal: true)),
        Is(Sample.Accepted, "workbook", "a chart's workbook that nothing names, as LibreOffice keeps it", () => With(WorkbookTypes(), Workbook(With()))),
        Is(Rules.DocxEmbeddedObject, "workbook-that-is-none-alone", "an object that is said to be a workbook that nothing names", () => With(WorkbookTypes(), Workbook(CompoundFile))),
        Is(Rules.DocxAltChunk, "workbook-as-text", "a chart's workbook that is imported as text too", () => WithChart(TheWorkbook, more: Relationship(Office + "aFChunk", "embeddings/Microsoft_Excel_Sheet1.xlsx"))),
        .. new[] { "oleObject", "package", "image", "customXml", "http://example.org/any" }.Select((type, i) => Is(
            Rules.DocxEmbeddedObject, $"workbook-as-{i}", "a chart's workbook that the text names too", () => WithChart(TheWorkbook, more: Relationship(type.Contains(':') ? type : Office + type, "/word/embeddings/microsoft_excel_%53heet1.xlsx")))),
        Is(Rules.DocxEmbeddedObject, "workbook-of-chart-as-object", "a workbook that a chart names as an object", () => WithChart(TheWorkbook, type: "oleObject")),
        Is(Rules.DocxEmbeddedObject, "workbook-of-text", "a workbook that the text names", () => With([WorkbookTypes(), Workbook(With()), DocumentRelationships(Relationship(Office + "package", "embeddings/Microsoft_Excel_Sheet1.xlsx"))])),
        Is(Rules.DocxEmbeddedObject, "workbook-that-is-none", "an object that is said to be a chart's workbook", () => WithChart(TheWorkbook, workbook: CompoundFile)),
    ];

    private static IEnumerable<Sample> Types() =>
    [
        Is(Sample.Accepted, "strict", "a strict document", () => ZipBuilder.Write([DocxBuilder.Types(), RootRelationships with { Content = Encoding.UTF8.GetBytes(RelationshipsXml(Relationship(Strict + "officeDocument", "word/document.xml"))) }, MainPart])),
        Is(Sample.Accepted, "absolute-main", "a main part by an absolute name", () => ZipBuilder.Write([DocxBuilder.Types(), RootRelationships with { Content = Encoding.UTF8.GetBytes(RelationshipsXml(Relationship(Office + "officeDocument", "/word/document.xml"))) }, MainPart])),
        .. Wrong("docx-structure", [
            ("workbook-by-name", "a workbook by another extension", () => With(TypesOf("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"))),
            ("slides-by-name", "a slide show by another extension", () => With(TypesOf("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"))),
            ("template-by-name", "a template by another extension", () => With(TypesOf("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"))),
            ("plain-main", "a main part that is any XML", () => With(TypesOf("application/xml"))),
            ("no-content-types", "no content types", () => ZipBuilder.Write([RootRelationships, MainPart])),
            ("no-relationships", "no relationships", () => ZipBuilder.Write([DocxBuilder.Types(), MainPart])),
            ("no-main", "no main part", () => ZipBuilder.Write([DocxBuilder.Types(), RootRelationships])),
            ("no-main-relationship", "a main part that nothing names", () => ZipBuilder.Write([DocxBuilder.Types(), RootRelationships with { Content = Encoding.UTF8.GetBytes(RelationshipsXml("")) }, MainPart])),
            ("two-main-relationships", "two main parts", () => ZipBuilder.Write([DocxBuilder.Types(), RootRelationships with { Content = Encoding.UTF8.GetBytes(RelationshipsXml(Relationship(Office + "officeDocument", "word/document.xml") + Relationship(Strict + "officeDocument", "word/document.xml"))) }, MainPart])),
            ("second-main", "a main part beside the one that is named", () => With(DocxBuilder.Types(("word/b.xml", DocumentType)), new ZipPart("word/b.xml", Document))),
            ("odd-main", "a main part whose root is something else", () => ZipBuilder.Write([DocxBuilder.Types(), RootRelationships, MainPart with { Content = [.. "<html/>"u8] }])),
            ("empty-main", "a main part without a byte", () => ZipBuilder.Write([DocxBuilder.Types(), RootRelationships, MainPart with { Content = [] }])),
            ("text-main", "a main part that is no XML", () => ZipBuilder.Write([DocxBuilder.Types(), RootRelationships, MainPart with { Content = [.. "hello"u8] }])),
            ("type-missing", "a part without a content type", () => With(new ZipPart("word/a.exe", "MZ"))),
            ("type-twice", "a part with two content types", () => With(DocxBuilder.Types(("word/a.bin", "a/b"), ("WORD/A.bin", "a/c")), new ZipPart("word/a.bin", "x"))),
            ("default-twice", "an extension with two content types", () => With(new ZipPart("[Content_Types].xml", TypesXml("""<Default Extension="PNG" ContentType="a/b"/>""" + Override("word/document.xml", DocumentType))))),
            ("types-unknown-element", "content types with something else among them", () => With(new ZipPart("[Content_Types].xml", TypesXml("<Other/>")))),
            ("types-nested", "content types that are nested", () => With(new ZipPart("[Content_Types].xml", TypesXml("<Default Extension=\"a\" ContentType=\"b\"><Default/></Default>")))),
            ("types-not-well-formed", "content types that are no XML", () => With(new ZipPart("[Content_Types].xml", "<Types>"))),
            ("relationships-not-well-formed", "relationships that are no XML", () => With(new ZipPart("word/_rels/document.xml.rels", "<Relationships"))),
            ("relationships-with-text", "relationships with text between them", () => With(DocumentRelationships("hello"))),
            ("relationships-by-another-type", "relationships that are said to be something else", () => With(DocxBuilder.Types(("word/_rels/document.xml.rels", "application/xml")), DocumentRelationships(""))),
            ("relationships-elsewhere", "something else that is said to be relationships", () => With(new ZipPart("word/a.rels", RelationshipsXml("")))),
            ("relationship-without-target", "a relationship to nothing", () => With(DocumentRelationships("<Relationship Id=\"a\" Type=\"b\"/>"))),
            ("relationship-with-names", "a relationship with many attributes", () => With(DocumentRelationships("<Relationship " + string.Concat(Enumerable.Range(0, 20).Select(i => $"a{i}=\"\" ")) + "/>"))),
        ]),
        Is(Rules.TooComplex, "relationship-long", "a target of a hundred thousand bytes", () => Relating(Office + "hyperlink", "http://" + new string('a', 100_000))),
        Is(Rules.TooComplex, "types-long", "a comment without an end", () => With(new ZipPart("[Content_Types].xml", "<Types a='" + new string('a', 100_000)))),
        Is(Rules.TooComplex, "types-cdata", "eight million bytes in one section", () => With(new ZipPart("[Content_Types].xml", TypesXml($"<![CDATA[{Many(4_000_000, _ => "<a")}]]>")))),
        Is(Rules.TooComplex, "types-instruction", "eight million bytes in one instruction", () => With(new ZipPart("[Content_Types].xml", TypesXml($"<?a {Many(4_000_000, _ => "<a")}?>")))),
        .. Wrong("docx-structure", [
            ("relationships-no-text", "bytes that are no text", () => ZipBuilder.Write([DocxBuilder.Types(), RootRelationships with { Content = NoText(RootRelationships.Content) }, MainPart])),
            ("types-instructions", "two hundred thousand instructions, each with a name to keep", () => With(new ZipPart("[Content_Types].xml", TypesXml(Many(200_000, i => $"<?a{i}?>"))))),
            ("types-attributes", "three hundred thousand attributes, each with a name to keep", () => With(new ZipPart("[Content_Types].xml", TypesXml(
                Many(50_000, i => $"<Override PartName=\"/x\" ContentType=\"x\" a{i}=\"\" b{i}=\"\" c{i}=\"\" d{i}=\"\" e{i}=\"\" f{i}=\"\"/>"))))),
            ("types-extensions", "two hundred and fifty extensions of sixteen thousand letters", () => With(new ZipPart("[Content_Types].xml", TypesXml(
                Many(250, i => $"<Default Extension=\"{i}{new string('a', 16_000)}\" ContentType=\"x\"/>"))))),
        ]),
    ];

    private static IEnumerable<Sample> Xml() =>
    [
        Is(Sample.Accepted, "xml-bom", "a part in UTF-8 with a mark", () => Notes([0xEF, 0xBB, 0xBF, .. "<a/>"u8])),
        Is(Sample.Accepted, "xml-utf16", "a part in UTF-16", () => Notes([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<?xml version='1.0' encoding='UTF-16'?><a/>")])),
        Is(Sample.Accepted, "xml-utf16-big", "a part in UTF-16, the other way round", () => Notes([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("<a/>")])),
        Is(Sample.Accepted, "xml-comment", "a part that begins with comments", () => Notes("<?xml version=\"1.0\"?>\r\n<!-- <!DOCTYPE a> -- > -> --><?pi <!DOCTYPE?>\n<!----><a/>"u8)),
        Is(Sample.Accepted, "xml-text", "a text about document types", () => Notes("<a>&lt;!DOCTYPE a> <![CDATA[<!DOCTYPE a>]]></a>"u8)),
        Is(Sample.Accepted, "svg", "a drawing with a public document type", () => With(DocxBuilder.Types(("word/media/a.svg", "image/svg+xml")), new ZipPart("word/media/a.svg", "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\"><svg/>"))),
        Is(Rules.DocxDtd, "svg-entities", "a drawing with entities", () => With(DocxBuilder.Types(("word/media/a.svg", "image/svg+xml")), new ZipPart("word/media/a.svg", "<!DOCTYPE svg [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><svg/>"))),
        Is(Rules.DocxDtd, "dtd", "a document type", () => Notes("<!DOCTYPE a><a/>"u8)),
        Is(Rules.DocxDtd, "dtd-external", "a file of the reader's, by an entity", () => Notes("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>"u8)),
        Is(Rules.DocxDtd, "dtd-laughs", "entities of entities", () => Notes("<!DOCTYPE a [<!ENTITY b \"ha\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>"u8)),
        Is(Rules.DocxDtd, "dtd-behind-comment", "a document type behind a comment", () => Notes("<!-- a --><?b c?>\n<!DOCTYPE a><a/>"u8)),
        Is(Rules.DocxDtd, "dtd-bom", "a document type behind a mark", () => Notes([0xEF, 0xBB, 0xBF, .. "<!DOCTYPE a><a/>"u8])),
        Is(Rules.DocxDtd, "dtd-utf16", "a document type in UTF-16", () => Notes([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<!DOCTYPE a><a/>")])),
        Is(Rules.DocxDtd, "dtd-utf16-big", "a document type in UTF-16, the other way round", () => Notes([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("<!DOCTYPE a><a/>")])),
        Is(Rules.DocxDtd, "dtd-utf16-bare", "a document type in UTF-16 without a mark", () => Notes(Encoding.Unicode.GetBytes("<!DOCTYPE a><a/>"))),
        Is(Rules.DocxDtd, "dtd-main", "a document type in the main part", () => ZipBuilder.Write([DocxBuilder.Types(), RootRelationships, MainPart with { Content = Encoding.UTF8.GetBytes(Document.Replace("<w:document", "<!DOCTYPE a><w:document", StringComparison.Ordinal)) }])),
        Is(Rules.DocxDtd, "dtd-relationships", "a document type in relationships", () => With(new ZipPart("word/_rels/document.xml.rels", "<!DOCTYPE a [<!ENTITY b \"c\">]>" + RelationshipsXml("")[38..]))),
        Is(Rules.DocxDtd, "dtd-types", "a document type in the content types", () => With(DocxBuilder.Types() with { Content = [.. "<!DOCTYPE a>"u8, .. DocxBuilder.Types().Content[38..]] })),
        Is(Rules.DocxDtd, "dtd-as-picture", "a document type in what is said to be a picture", () => With(new ZipPart("word/media/a.png", "<!DOCTYPE a><a/>"))),
        .. new[]
        {
            "version='1.0'", "version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"", "version = '1.1' encoding\n=\t\"utf-8\" ", "\r\n version='1.0' standalone='no' ", "version='1.0' encoding='windows-1252'",
        }.Select((declaration, i) => Is(Sample.Accepted, $"xml-declaration-{i}", "an XML declaration", () => Notes(Encoding.UTF8.GetBytes($"<?xml {declaration}?><a/>")))),
        Is(Sample.Accepted, "xml-stylesheet", "an instruction that begins like a declaration", () => Notes("<?xml version='1.0'?><?xml-stylesheet href='a.xsl'?><a/>"u8)),
        .. new[]
        {
            "", "encoding='utf-8'", "version=\"encoding='utf-8'\" encoding=\"utf-16\"", "version='1.0' encoding='utf-8\"", "version='1.0' encoding=utf-8", "version='1.0' encoding=' utf-8'", "version='1.0'encoding='utf-8'",
            "version='1.0' standalone='yes' encoding='utf-8'", "version='1.0' standalone='maybe'", "version='1.0' encoding='utf-8' encoding='utf-16'", "version='1.0' encoding='utf-8' a='b'", "version='2.0'", "Version='1.0'",
            "version='1.0' ENCODING='utf-8'", "version='1.0'\u000Bencoding='utf-8'", "version='1.0'" + new string(' ', 190) + "encoding='utf-8'", "version='1.0'" + new string(' ', 300) + "encoding='utf-7'", "version='1.0' encoding='utf-8' ?",
        }.Select((declaration, i) => Is("docx-structure", $"xml-declaration-odd-{i}", "an XML declaration that is none", () => Notes(Encoding.UTF8.GetBytes($"<?xml {declaration}?><a/>")))),
        .. Wrong("docx-structure", [
            ("xml-utf32", "a part in UTF-32", () => Notes([0xFF, 0xFE, 0, 0, .. Encoding.UTF32.GetBytes("<a/>")])),
            ("xml-ebcdic", "a part in EBCDIC", () => Notes([0x4C, 0x6F, 0xA7, 0x94, 0x93, 0x40])),
            ("xml-utf7", "a part in UTF-7", () => Notes("<?xml version=\"1.0\" encoding=\"UTF-7\"?>+ADw-!DOCTYPE a+AD4-<a/>"u8)),
            ("xml-no-root", "a part without a root", () => Notes("<?xml version=\"1.0\"?>\n"u8)),
            ("xml-text-first", "a part that begins with text", () => Notes("hello<a/>"u8)),
            ("xml-long-prolog", "a part with a hundred thousand bytes before its root", () => Notes([.. "<!--"u8, .. new byte[100_000], .. "--><a/>"u8])),
        ]),
    ];

    private static IEnumerable<Sample> Foreign() =>
    [
        Is(Rules.Polyglot, "jar", "a program for Java", () => With(DocxBuilder.Types(("META-INF/MANIFEST.MF", "text/plain")), new ZipPart("META-INF/MANIFEST.MF", "Main-Class: A\n"))),
        Is(Rules.Polyglot, "class", "a class for Java", () => With(DocxBuilder.Types(("A.class", "text/plain")), new ZipPart("A.class", [0xCA, 0xFE, 0xBA, 0xBE]))),
        Is(Rules.Polyglot, "apk", "a program for Android", () => With(new ZipPart("AndroidManifest.xml", "<manifest/>"))),
        .. new[] { "__main__.py", "__main__.pyc", ".phar/stub.php", ".phar/alias.txt", ".PHAR/stub.php", "AppxManifest.xml", "extension.vsixmanifest", "classes.dex", "lib/a.jar" }
            .Select((name, i) => Is(Rules.Polyglot, $"foreign-{i}", "an entry of a program: " + name, () => With(DocxBuilder.Types((name, "text/plain")), new ZipPart(name, "print('a')")))),
        .. new[] { "word/__main__.py", "word/a.phar/stub.php", "__main__.py.xml" }
            .Select((name, i) => Is(Sample.Accepted, $"foreign-not-{i}", "an entry that makes no program: " + name, () => With(DocxBuilder.Types((name, "text/plain")), new ZipPart(name, "print('a')")))),
        .. new[]
        {
            "http://schemas.microsoft.com/xps/2005/06/fixedrepresentation", "http://schemas.openxps.org/oxps/v1.0/fixedrepresentation", "http://schemas.microsoft.com/visio/2010/relationships/document",
            "http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel", "http://schemas.microsoft.com/packaging/2010/07/manifest", "http://schemas.autodesk.com/dwfx/2007/relationships/documentsequence",
        }.Select((type, i) => Is(Rules.Polyglot, $"foreign-main-{i}", "a package of another kind: " + type, () => ZipBuilder.Write([DocxBuilder.Types(), RootRelating(Relationship(type, "a.xml")), MainPart, new ZipPart("a.xml", "<a/>")]))),
        Is(Sample.Accepted, "root-unknown", "a relationship of the package that nobody knows", () => ZipBuilder.Write([DocxBuilder.Types(), RootRelating(Relationship("http://example.org/any", "a.xml")), MainPart, new ZipPart("a.xml", "<a/>")])),
        Is(Rules.Polyglot, "epub", "a book", () => ZipBuilder.Write([new ZipPart("mimetype", "application/epub+zip") { IsStored = true }, .. Parts(DocxBuilder.Types(("mimetype", "text/plain")))])),
        Is(Rules.Polyglot, "odt", "a document of OpenOffice", () => With(new ZipPart("META-INF/manifest.xml", "<manifest/>"))),
        Is(Rules.ScriptInMetadata, "php-stored", "a script in a stored picture", () => With(new ZipPart("word/media/a.png", "x<?php system($_GET['c']); ?>") { IsStored = true })),
        Is(Rules.ScriptInMetadata, "php-in-deflate", "a script in a picture that only looks packed", () => With(new ZipPart("word/media/a.png", "x<?php system($_GET['c']); ?>") { Packed = Unpacked("x<?php system($_GET['c']); ?>"u8) })),
        Is(Rules.ScriptInMetadata, "html-stored", "a page in a stored picture", () => With(new ZipPart("word/media/a.png", "<script>alert(1)</script>") { IsStored = true })),
        Is(Rules.Polyglot, "pdf-stored", "a PDF in the first part", () => ZipBuilder.Write([new ZipPart("word/media/a.png", "%PDF-1.7\n") { IsStored = true }, .. Parts()])),
    ];

    /// <summary>At which .NET's reader of XML throws what it should not.</summary>
    private static byte[] NoText(byte[] xml)
    {
        byte[] first = [.. xml[..18], .. Enumerable.Repeat<byte[]>([93, 93, 227], 1000).SelectMany(bytes => bytes), .. xml[18..]];
        var at = (int)(first.Length * 0.5747379178990384);
        return [.. first[..at], .. Enumerable.Repeat<byte[]>([211, 249, 158, 224], 1000).SelectMany(bytes => bytes), .. first[at..]];
    }

    private static string Many(int count, Func<int, string> each) => string.Concat(Enumerable.Range(0, count).Select(each));

    private static byte[] Notes(ReadOnlySpan<byte> content) => With(new ZipPart("word/notes.xml", content.ToArray()));

    /// <summary>A part with a link by the id "link".</summary>
    private static byte[] Linking(string markup) => With(LinksOf("word/notes.xml"), new ZipPart("word/notes.xml", $"<a xmlns:r=\"{Office[..^1]}\">{markup}</a>"));

    private static ZipPart LinksOf(string part, string types = Office) => new(part.Insert(part.LastIndexOf('/'), "/_rels") + ".rels", RelationshipsXml(Link("link", types)));

    private static string Link(string id, string types = Office) => $"""<Relationship Id="{id}" Type="{types}hyperlink" Target="https://example.org/a.png" TargetMode="External"/>""";

    private static byte[] WithChart(string target, bool isExternal = false, byte[]? workbook = null, string more = "", string? type = null) => With(
        [
            WorkbookTypes(),
            new ZipPart("word/charts/chart1.xml", "<chart/>"),
            new ZipPart("word/charts/_rels/chart1.xml.rels", RelationshipsXml(Relationship(Office + (type ?? (isExternal ? "oleObject" : "package")), target, isExternal))),
            .. isExternal ? Array.Empty<ZipPart>() : [Workbook(workbook ?? With())],
            DocumentRelationships(more),
        ]);

    /// <summary>The package's relationships, with more than the main part's.</summary>
    private static ZipPart RootRelating(string relationships) => RootRelationships with
    {
        Content = Encoding.UTF8.GetBytes(RelationshipsXml(Relationship(Office + "officeDocument", "word/document.xml") + relationships)),
    };

    private static ZipPart WorkbookTypes() => DocxBuilder.Types(("word/charts/chart1.xml", Chart), ("word/embeddings/Microsoft_Excel_Sheet1.xlsx", Sheet));

    private static ZipPart Workbook(byte[] content) => new("word/embeddings/Microsoft_Excel_Sheet1.xlsx", content);

    /// <summary>One block of deflate that holds its bytes as they are (RFC 1951, 3.2.4).</summary>
    private static byte[] Unpacked(ReadOnlySpan<byte> content) =>
        [1, (byte)content.Length, 0, (byte)~content.Length, 0xFF, .. content];

    private static Sample Is(Rule rule, string name, string what, Func<byte[]> bytes) => Is(rule.Code, name, what, bytes);

    private static Sample Is(string verdict, string name, string what, Func<byte[]> bytes) => new($"docx-{name}.docx", verdict, what, bytes);

    private static IEnumerable<Sample> Wrong(string code, IEnumerable<(string Name, string What, Func<byte[]> Bytes)> samples) =>
        samples.Select(sample => Is(code, sample.Name, sample.What, sample.Bytes));
}
