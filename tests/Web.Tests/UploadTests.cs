using System.Globalization;
using System.Security.Cryptography;
using Support;
using Uploader.Inspection;
using Uploader.Shared.Configuration;
using Uploader.Web.Refusals;

namespace Web.Tests;

/// <summary>The contract of the upload endpoints, over the wire.</summary>
public sealed class UploadTests
{
    public static TheoryData<string, bool> EveryTypeBothWays()
    {
        var cases = new TheoryData<string, bool>();
        foreach (var extension in Bytes.ByExtension.Keys)
        {
            cases.Add(extension, false);
            cases.Add(extension.ToUpperInvariant(), true);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(EveryTypeBothWays))]
    public async Task An_allowed_file_is_stored_whole_under_a_name_of_ours(string extension, bool chunked)
    {
        await using var web = await LiveWeb.Start();
        var content = Bytes.ByExtension[extension.ToLowerInvariant()](300_000, 1);

        var receipt = await web.Upload("holiday." + extension, content).Chunked(chunked).IsStored();

        var path = receipt.GetProperty("path").GetString()!;
        Assert.Matches($@"^\d{{4}}/\d\d/\d\d/[a-z0-9]{{26}}\.{extension.ToLowerInvariant()}$", path);
        Assert.Equal("holiday." + extension, receipt.GetProperty("name").GetString());
        Assert.Equal(content.Length, receipt.GetProperty("size").GetInt64());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), receipt.GetProperty("sha256").GetString());
        Assert.Equal(content, File.ReadAllBytes(Path.Join(web.Root, path)));
        Assert.Equal("-rw-r-----", Modes(Path.Join(web.Root, path)));
    }

    [Fact]
    public async Task The_largest_file_passes_and_one_byte_more_does_not()
    {
        await using var web = await LiveWeb.Start(options => options with { Limits = options.Limits with { MaxFileSize = 1 << 20, MaxRequestSize = 2 << 20 } });

        foreach (var chunked in (bool[])[false, true])
        {
            await web.Upload("a.png", Bytes.Png(1 << 20)).Chunked(chunked).IsStored();
            await web.Upload("a.png", Bytes.Png((1 << 20) + 1)).Chunked(chunked).IsRefusedWith(Catalogue.TooLarge);
            await web.Upload("a.png", Bytes.Png(3 << 20)).Chunked(chunked).IsRefusedWith(Catalogue.TooLarge);
        }

        Assert.Equal(2, web.Files().Count);
    }

    [Theory]
    [InlineData("a.exe")]
    [InlineData("a.png.php")]
    [InlineData("png")]
    [InlineData("a.")]
    [InlineData(".htaccess")]
    [InlineData("a.png ")]
    [InlineData("a.png.")]
    [InlineData("a.png::$DATA")]
    public async Task Only_the_last_extension_counts_and_it_must_be_allowed(string name)
    {
        await using var web = await LiveWeb.Start();
        await web.Upload(name, Bytes.Png()).IsRefusedWith(Catalogue.TypeNotAllowed);
        await web.Upload(name, Bytes.Png()).Chunked().IsRefusedWith(Catalogue.TypeNotAllowed);
        Assert.Empty(web.Files());
    }

    [Fact]
    public async Task The_content_must_belong_to_the_extension()
    {
        await using var web = await LiveWeb.Start();
        foreach (var chunked in (bool[])[false, true])
        {
            await web.Upload("shell.png", "<?php system($_GET['c']); ?>"u8.ToArray()).Chunked(chunked).IsRefusedWith(Catalogue.Of(Rules.ContentMismatch));
            await web.Upload("a.png", Bytes.Jpeg()).Chunked(chunked).IsRefusedWith(Catalogue.Of(Rules.ContentMismatch));
            await web.Upload("a.png", []).Chunked(chunked).IsRefusedWith(Catalogue.Of(Rules.ContentMismatch));
            await web.Upload("a.png", [0x89, (byte)'P']).Chunked(chunked).IsRefusedWith(Catalogue.Of(Rules.ContentMismatch));
        }

        Assert.Empty(web.Files());
    }

    [Theory]
    [InlineData("../../../etc/cron.d/x.png", "x.png")]
    [InlineData("..\\\\..\\\\windows\\\\x.png", "x.png")]
    [InlineData("/etc/passwd.png", "passwd.png")]
    [InlineData("a.php.png", "a.php.png")]
    [InlineData("sommer_ä_日本.png", "sommer_ä_日本.png")]
    public async Task A_file_name_never_becomes_a_path_and_is_kept_for_display(string sent, string displayed)
    {
        await using var web = await LiveWeb.Start();
        var receipt = await web.Upload(sent, Bytes.Png()).IsStored();
        Assert.Equal(displayed, receipt.GetProperty("name").GetString());
        Assert.StartsWith(DateTimeOffset.FromFileTime(File.GetLastWriteTimeUtc(Assert.Single(web.Files())).ToFileTime()).UtcDateTime.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture), receipt.GetProperty("path").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_file_names_leave_no_control_or_bidi_character_behind()
    {
        await using var web = await LiveWeb.Start();
        string[] names = ["a\u202egnp.png", "a\tb.png", "a\u0001b.png", "a\u009bb.png", new string('x', 4000) + ".png", "a\u2028b.png"];
        foreach (var name in names)
        {
            var receipt = await web.Upload(name, Bytes.Png()).IsStored();
            var kept = receipt.GetProperty("name").GetString()!;
            Assert.DoesNotContain(kept, character => char.IsControl(character) || character is '\u202e' or '\u2028');
            Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(kept), 1, 255);
        }
    }

    [Theory]
    [InlineData("form-data; name=\"file\"; filename=\"a.exe\"; filename*=UTF-8''b.png", true)]
    [InlineData("form-data; name=\"file\"; filename=\"a.png\"; filename*=UTF-8''b.exe", false)]
    [InlineData("form-data; name=\"file\"; filename*=UTF-8''%e2%82%ac.png", true)]
    [InlineData("form-data; name=file; filename=a.png", true)]
    public async Task The_extended_file_name_is_the_one_that_counts(string disposition, bool stored)
    {
        await using var web = await LiveWeb.Start();
        var posting = web.Post().WithPart("Content-Disposition: " + disposition, Bytes.Png());
        if (stored)
            await posting.IsStored();
        else
            await posting.IsRefusedWith(Catalogue.TypeNotAllowed);
    }

    [Fact]
    public async Task A_form_that_is_not_right_is_refused_with_what_would_be()
    {
        await using var web = await LiveWeb.Start();
        foreach (var chunked in (bool[])[false, true])
        {
            await web.Post().WithBody([1, 2, 3], "application/octet-stream").Chunked(chunked).IsRefusedWith(Catalogue.BadForm);
            await web.Post().WithContentType("multipart/form-data").Chunked(chunked).IsRefusedWith(Catalogue.BadForm);
            await web.Post().WithContentType($"multipart/form-data; boundary={new string('x', 71)}").Chunked(chunked).IsRefusedWith(Catalogue.BadForm);
            await web.Post().Chunked(chunked).IsRefusedWith(Catalogue.NoFile);
            await web.Post().WithField("file", "text").Chunked(chunked).IsRefusedWith(Catalogue.NoFile);
            await web.Post().With("file", "", []).Chunked(chunked).IsRefusedWith(Catalogue.NoFile);
            await web.Post().With("upload", "a.png", Bytes.Png()).Chunked(chunked).IsRefusedWith(Catalogue.BadForm);
            await web.Upload("a.png", Bytes.Png()).With("file", "b.png", Bytes.Png()).Chunked(chunked).IsRefusedWith(Catalogue.BadForm);
            await web.Post().WithPart("X-Nothing: here", Bytes.Png()).Chunked(chunked).IsRefusedWith(Catalogue.BadForm);
            await web.Post().WithBody("------boundary-of-the-tests\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n"u8.ToArray()).Chunked(chunked).IsRefusedWith(Catalogue.BadForm);
        }

        Assert.Empty(web.Files());
    }

    [Fact]
    public async Task Other_fields_are_passed_over()
    {
        await using var web = await LiveWeb.Start();
        await web.Post().WithField("comment", "hello").With("file", "a.png", Bytes.Png()).WithField("submit", "Upload").IsStored();
    }

    [Fact]
    public async Task Several_files_are_all_stored_or_each_has_its_outcome_or_the_refusal_stands_for_all()
    {
        await using var web = await LiveWeb.Start();

        var (all, allJson) = await web.UploadMultiple(("a.png", Bytes.Png()), ("b.pdf", Bytes.Pdf())).Send();
        Assert.Equal(201, (int)all.StatusCode);
        Assert.Equal(["a.png", "b.pdf"], allJson.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("name").GetString()));

        var (some, someJson) = await web.UploadMultiple(("a.png", Bytes.Png()), ("b.exe", Bytes.Pdf()), ("c.png", Bytes.Jpeg())).Send();
        Assert.Equal(207, (int)some.StatusCode);
        Assert.Equal([201, 400, 400], someJson.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("status").GetInt32()));
        Assert.Equal("Invalid file type", someJson.GetProperty("files")[1].GetProperty("error").GetString());

        var none = await web.UploadMultiple(("b.exe", Bytes.Pdf()), ("c.png", Bytes.Jpeg())).IsRefusedWith(Catalogue.TypeNotAllowed);
        Assert.Equal(2, none.GetProperty("files").GetArrayLength());
        Assert.Equal(3, web.Files().Count);
    }

    [Fact]
    public async Task A_form_with_too_many_files_stores_none()
    {
        await using var web = await LiveWeb.Start(options => options with { Limits = options.Limits with { MaxFiles = 3 } });
        var four = Enumerable.Range(0, 4).Select(i => ($"{i}.png", Bytes.Png())).ToArray();
        await web.UploadMultiple(four).IsRefusedWith(Catalogue.BadForm);
        await web.UploadMultiple(four[..3]).Send();
        Assert.Equal(3, web.Files().Count);
    }

    [Theory]
    [InlineData("/nothing", "POST", 404)]
    [InlineData("/api/bcloud/fileuploader", "GET", 404)]
    [InlineData("/api/bcloud/fileuploader/upload", "GET", 405)]
    [InlineData("/api/bcloud/fileuploader/upload/multiple", "PUT", 405)]
    [InlineData("/health/live", "GET", 200)]
    public async Task Every_path_has_an_answer_of_the_catalogue(string path, string method, int status)
    {
        await using var web = await LiveWeb.Start();
        Assert.Equal(status, (await web.Get(path, method)).Status);
    }

    private static string Modes(string path) => "-" + string.Concat("rwxrwxrwx".Select((letter, i) => ((int)File.GetUnixFileMode(path) >> (8 - i) & 1) == 1 ? letter : '-'));
}
