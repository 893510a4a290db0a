using Support;

namespace System.Tests.Deploy;

/// <summary>What both web servers must do with <see cref="PlantedUploads"/>.</summary>
internal static class Served
{
    public static TheoryData<string> Forbidden { get; } =
    [
        // The article's list, and what it forgets.
        PlantedUploads.Day + "x.php", PlantedUploads.Day + "x.py", PlantedUploads.Day + "x.sh", PlantedUploads.Day + "x.pl", PlantedUploads.Day + "x.cgi",
        PlantedUploads.Day + "x.PHP", PlantedUploads.Day + "x.phtml", PlantedUploads.Day + "x.phar", PlantedUploads.Day + "x.pht", PlantedUploads.Day + "x.php5",
        PlantedUploads.Day + "x.rb", PlantedUploads.Day + "x.jsp", PlantedUploads.Day + "x.asp", PlantedUploads.Day + "x.aspx", PlantedUploads.Day + "x.exe",
        PlantedUploads.Day + "x.svg", PlantedUploads.Day + "x.html", PlantedUploads.Day + "x.shtml", PlantedUploads.Day + "x.xml", PlantedUploads.Day + "x.js",
        PlantedUploads.Day + "x", PlantedUploads.Day + "x.png.php", PlantedUploads.Day + "x.php.png", PlantedUploads.Day + ".png",
        PlantedUploads.Day + "x.PNG",
        // Outside a day's folder.
        "/uploads/x.png", "/uploads/2026/x.png", "/uploads/2026/11/23/more/x.png", "/uploads/abcd/11/23/x.png",
        // A script behind a stored file's name (PATH_INFO).
        PlantedUploads.Day + "k3v9x2m8.png/x.php",
        // What is not whole yet, and ways to it.
        "/uploads/.incoming/k3v9x2m8.png", "/uploads/2026/11/23/../../../.incoming/k3v9x2m8.png", "/uploads/%2eincoming/k3v9x2m8.png", "/uploads//.incoming/k3v9x2m8.png",
        // Links, to a file and to a folder, and the way out.
        PlantedUploads.Day + "link.png", "/uploads/2026/11/24/k3v9x2m8.png", "/uploads/../outside/k3v9x2m8.png", "/uploads/%2e%2e/outside/k3v9x2m8.png",
        // Configuration that came by upload.
        PlantedUploads.Day + ".htaccess",
        // Lists of names.
        "/uploads", "/uploads/", "/uploads/2026/", "/uploads/2026/11/23/", "/uploads/2026/11/23",
    ];

    public static async Task AsAttachment(Uri server, string extension, string type)
    {
        var answer = await Curl.Run(server + PlantedUploads.Day[1..] + "k3v9x2m8." + extension);
        Assert.Equal(
            (200, type, "5000", "nosniff", "attachment", "same-origin"),
            (answer.Status, answer.Header("Content-Type"), answer.Header("Content-Length"), answer.Header("X-Content-Type-Options"), answer.Header("Content-Disposition"), answer.Header("Cross-Origin-Resource-Policy")));
        Assert.StartsWith("sandbox;", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
    }

    public static async Task Refuses(PlantedUploads uploads, Uri server, string path)
    {
        var name = Path.GetFileName(path);
        if (path.StartsWith(PlantedUploads.Day, StringComparison.Ordinal) && name.Length > 0 && !path.Contains("k3v9x2m8", StringComparison.Ordinal) && name is not ("link.png" or ".htaccess") && !path.Contains("..", StringComparison.Ordinal))
        {
            // There is something to be served: a refusal because nothing is there would prove nothing.
            Directory.CreateDirectory(Path.GetDirectoryName(uploads.Of(path))!);
            uploads.PlantScript(path[PlantedUploads.Day.Length..]);
        }

        var answer = await Curl.Run("--path-as-is", server.GetLeftPart(UriPartial.Authority) + path);
        Assert.True(answer.Status is 400 or 403 or 404, $"{path} was answered with {answer.Status}:\n{answer.Body}");
        Assert.DoesNotContain("executed", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(PlantedUploads.Secret, answer.Body, StringComparison.Ordinal);
    }
}
