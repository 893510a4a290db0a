using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Uploader.Shared.Journal;

namespace Shared.Tests.Journal;

/// <summary>Events, their message ids and what the catalog says of them belong together.</summary>
public sealed partial class CatalogTests
{
    private static readonly (MethodInfo Method, LoggerMessageAttribute Log)[] Logged =
    [
        .. from method in typeof(Events).GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
           let log = method.GetCustomAttribute<LoggerMessageAttribute>()
           where log is not null
           select (method, log),
    ];

    public static TheoryData<string> Names => [.. Logged.Select(e => e.Method.Name)];

    [Fact]
    public void Every_event_has_a_message_id_and_every_message_id_an_event() =>
        Assert.Equal(Logged.Select(e => e.Log.EventId).Order(), MessageIds.All.Select(e => e.Key).Order());

    [Fact]
    public void Message_ids_are_unique()
    {
        Assert.Distinct(MessageIds.All.Select(e => e.Value));
        Assert.All(MessageIds.All, e => Assert.Matches("^[0-9a-f]{32}$", e.Value));
    }

    [Fact]
    public void The_catalog_explains_every_event_and_nothing_else() =>
        Assert.Equal(
            MessageIds.All.Select(e => e.Value).Order(StringComparer.Ordinal),
            Entries().Select(e => e.Id).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void An_event_is_named_and_explained(string name)
    {
        var (method, log) = Logged.Single(e => e.Method.Name == name);
        var entry = Entries().Single(e => e.Id == MessageIds.Of(log.EventId));

        Assert.Equal(name, log.EventName);
        Assert.Equal(name, entry.Name);
        Assert.InRange(entry.Lines.Length, 1, 8);
        Assert.All(entry.Lines, line => Assert.InRange(line.Length, 0, 88));
        var fields = method.GetParameters().Select(p => FieldName.Of(p.Name!));
        Assert.Subset(fields.ToHashSet(), FieldReference().Matches(entry.Text).Select(m => m.Groups[1].Value).ToHashSet());
    }

    [Fact]
    public async Task Journalctl_compiles_the_catalog()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/journalctl"), "journalctl is not installed");
        var root = Directory.CreateTempSubdirectory("catalog-");
        try
        {
            var folder = root.CreateSubdirectory("usr/lib/systemd/catalog");
            root.CreateSubdirectory("var/lib/systemd/catalog");
            File.Copy(CatalogPath, Path.Combine(folder.FullName, "uploader.catalog"));

            Assert.Equal("", await Run("journalctl", $"--root={root.FullName}", "--update-catalog"));
            var listed = await Run("journalctl", $"--root={root.FullName}", "--list-catalog");
            Assert.Equal(MessageIds.All.Count(), listed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
            Assert.All(MessageIds.All, e => Assert.Contains(e.Value, listed, StringComparison.Ordinal));
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    private static string CatalogPath
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Uploader.sln")))
            {
                folder = Path.GetDirectoryName(folder) ?? throw new FileNotFoundException("the tests run outside the repository");
            }

            return Path.Combine(folder, "systemd", "uploader.catalog");
        }
    }

    private static List<Entry> Entries() =>
    [
        .. EntryText().Matches(File.ReadAllText(CatalogPath)).Select(m =>
            new Entry(m.Groups["name"].Value, m.Groups["id"].Value, m.Groups["text"].Value)),
    ];

    private static async Task<string> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, errors);
        return output + errors;
    }

    [GeneratedRegex(@"^# (?<name>\w+)\n-- (?<id>[0-9a-f]{32})\nSubject: [^\n]+\nDefined-By: Uploader\n\n(?<text>.+?)(?=\n\n# |\s*\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex EntryText();

    [GeneratedRegex("@([A-Z0-9_]+)@")]
    private static partial Regex FieldReference();

    private sealed record Entry(string Name, string Id, string Text)
    {
        public string[] Lines => Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
