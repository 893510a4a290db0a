using Uploader.Ctl.Doctor.Fronts;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>Step 3 of the article: nothing that could be a script is run or shown by the web server in front.</summary>
internal static class ScriptTypesDenied
{
    /// <summary>Put after a name that nobody else has; the last stands alone.</summary>
    private static readonly string[] Endings = [".php", ".phtml", ".phar", ".py", ".sh", ".pl", ".cgi", ".html", ".svg", ".php.png", ".png.php", ".PHP"];

    public static Check Check { get; } = Check.Asking(
        "script-types-denied", "Script types below /uploads are refused", "the server in front, asked for harmless files of such names that are planted in today's folder and removed again", Look);

    private static Task<Diagnosis> Look(Examination examination, CancellationToken cancellation) => Planting.Look(
        examination,
        async ask =>
        {
            var name = PlantedFiles.NewName();
            var replies = new List<(string, Reply)>();
            foreach (var file in Endings.Select(ending => name + ending).Append(".htaccess"))
                replies.Add((file, await ask(file, ContentOf(file, name))));
            return Judge(examination.Asking.Front, name, replies);
        },
        cancellation);

    /// <summary>Whoever runs it says its name in one word, whoever shows it in two.</summary>
    private static string ContentOf(string file, string name) => file.Contains(".ph", StringComparison.OrdinalIgnoreCase)
        ? $"<?php echo 'ran-' . '{name}'; ?>\n"
        : $"# planted by uploaderctl doctor: {name}\n";

    internal static Diagnosis Judge(FrontServer front, string name, IReadOnlyList<(string File, Reply Reply)> replies) => Diagnosis.Of(
        replies.Where(reply => reply.Reply.Status is < 400 or >= 500).Take(4).Select(wrong => Diagnosis.Fail(
            wrong.Reply.Body.Contains($"ran-{name}", StringComparison.Ordinal) ? $"{front} executes {wrong.File}"
            : wrong.Reply.Body.Contains(name, StringComparison.Ordinal) ? $"{front} shows {wrong.File}"
            : $"{front} answers a request for {wrong.File} with {wrong.Reply.Said}",
            Shipped.Mend(front))),
        $"{front} refused all {replies.Count}");
}
