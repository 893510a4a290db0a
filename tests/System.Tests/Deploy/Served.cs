using Support;

namespace System.Tests.Deploy;

/// <summary>What both web servers must do with <see cref="PlantedUploads"/>.</summary>
internal static class Served
{
    /// <summary>Below a day's folder: the article's list, what it forgets, and names that only look allowed.</summary>
    private static readonly string[] Names =
    [
        "x.php", "x.py", "x.sh", "x.pl", "x.cgi",
        "x.PHP", "x.phtml", "x.phar", "x.pht", "x.php5", "x.rb", "x.jsp", "x.asp", "x.aspx", "x.exe", "x.svg", "x.html", "x.shtml", "x.xml", "x.js",
        ".htaccess", "x", "x.png.php", "x.php.png", ".png", "x.PNG", "more/x.png",
        // A script behind a stored file's name (PATH_INFO).
        "k3v9x2m8.png/x.php",
        // A link to a file.
        "link.png",
        // Lists of names.
        "", "../", "../../../", "../../../.incoming/",
    ];

    private static readonly string[] Paths =
    [
        "/uploads/x.png", "/uploads/2026/x.png", "/uploads/abcd/11/23/x.png", "/uploads", "/uploads/2026/11/23",
        // What is not whole yet, and ways to it.
        "/uploads/.incoming/k3v9x2m8.png", "/uploads/%2eincoming/k3v9x2m8.png", "/uploads//.incoming/k3v9x2m8.png",
        "/uploads/2026/11/23/../../../.incoming/k3v9x2m8.png",
        // A link to a folder, and the way out.
        "/uploads/2026/11/24/k3v9x2m8.png", "/uploads/../outside/k3v9x2m8.png", "/uploads/%2e%2e/outside/k3v9x2m8.png",
    ];

    public static TheoryData<string> Forbidden { get; } = [.. Names.Select(name => PlantedUploads.Day + name), .. Paths];

    public static async Task AsAttachment(Uri server, string extension, string type)
    {
        var answer = await Curl.Run(server + PlantedUploads.Day[1..] + "k3v9x2m8." + extension);
        Assert.Equal((200, type, "5000"), (answer.Status, answer.Header("Content-Type"), answer.Header("Content-Length")));
        Assert.Equal(("nosniff", "attachment"), (answer.Header("X-Content-Type-Options"), answer.Header("Content-Disposition")));
        Assert.Equal("same-origin", answer.Header("Cross-Origin-Resource-Policy"));
        Assert.StartsWith("sandbox;", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
    }

    public static async Task Refuses(PlantedUploads uploads, Uri server, string path)
    {
        // There is something to be served: a refusal because nothing is there would prove nothing.
        uploads.PlantScript(path);
        var answer = await Curl.Run("--path-as-is", server.GetLeftPart(UriPartial.Authority) + path);
        Assert.True(answer.Status is 400 or 403 or 404, $"{path} was answered with {answer.Status}:\n{answer.Body}");
        Assert.DoesNotContain("executed", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(PlantedUploads.Secret, answer.Body, StringComparison.Ordinal);
    }
}
