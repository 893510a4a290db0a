using System.Reflection;
using Uploader.Ctl.Doctor.Hosts;

namespace Uploader.Ctl.Doctor.Fronts;

/// <summary>The files that come with the service, as they were shipped: to compare with, and to put back.</summary>
internal static class Shipped
{
    public const string Nginx = "nginx/fileuploader.conf";
    public const string NginxLimits = "nginx/fileuploader-limits.conf";
    public const string Apache = "apache/fileuploader.conf";

    public static IReadOnlyList<string> Names { get; } = [.. Assembly.GetExecutingAssembly().GetManifestResourceNames().Order(StringComparer.Ordinal)];

    /// <param name="name">One of <see cref="Names"/>.</param>
    public static string Text(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The command that puts the shipped snippets back into force; advice where it is not known in which file they stand.</summary>
    public static string Mend(FrontServer front) => front switch
    {
        { Kind: FrontKind.Nginx, Snippet: { } snippet } when Path.GetFileName(snippet) == "fileuploader.conf" =>
            $"{Put(Nginx, snippet)} && {Put(NginxLimits, Path.Join(Path.GetDirectoryName(snippet), "fileuploader-limits.conf"))} && nginx -t && systemctl reload nginx",
        { Kind: FrontKind.Apache, Snippet: { } snippet } when Path.GetFileName(snippet) == "fileuploader.conf" =>
            $"{Put(Apache, snippet)} && apache2ctl configtest && systemctl reload apache2",
        _ => $"# compare {front.Snippet ?? "its configuration"} with: uploaderctl doctor --shipped {(front.Kind == FrontKind.Apache ? Apache : Nginx)}",
    };

    private static string Put(string name, string file) => $"uploaderctl doctor --shipped {name} >{Shell.Quote(file)}";
}
