using System.Text;
using Microsoft.Extensions.Configuration;

namespace Uploader.Shared.Configuration;

/// <summary><c>docs/configuration.md</c>, written from the declarations in the options classes.</summary>
internal static class ConfigurationDocument
{
    private const string Preface =
        """
        # Configuration

        Both processes read one JSON file, `/etc/fileuploader/fileuploader.json` or what `--config` names. An environment variable
        `UPLOADER_Section__Key` overrides a key of the file; a list may be written there as one text with commas. Everything has a safe default: an
        empty file, or none, is a good configuration.

        `--check` reads the configuration, says everything that is wrong with it at once, and exits with 0 or 78. A process with a bad
        configuration says the same and exits with 78. A key that does not exist is an error, so that a typing mistake cannot leave a default in force.

        Durations are written `30s`, `10m`, `1h`, `1d`, `1w`, sizes `64KiB`, `50MiB`, `1GiB`.

        ```json
        {
          "Storage": { "Root": "/srv/uploads", "Group": "www-data" },
          "Limits": { "MaxFileSize": "20MiB", "AllowedTypes": ["png", "pdf"] },
          "Disk": { "MaxBytes": "200GiB" },
          "Bans": { "IgnoreIp": ["127.0.0.0/8", "::1", "192.0.2.0/24"], "Jails": { "auth": { "MaxRetry": "3" } } }
        }
        ```

        This page is made from the code by `UPDATE_DOCS=1 scripts/test Shared`; a test keeps it current.

        """;

    public static string Write()
    {
        var reader = new SettingsReader(new ConfigurationBuilder().Build());
        UploaderOptions.Read(reader);

        var page = new StringBuilder(Preface);
        foreach (var section in reader.Settings.GroupBy(setting => SectionOf(setting.Key)))
        {
            page.Append($"\n## {(section.Key is "" ? "Others" : section.Key)}\n\n| key | default | |\n| --- | --- | --- |\n");
            foreach (var setting in section)
                page.Append($"| `{setting.Key}` | {(setting.Default is "" ? "" : $"`{setting.Default}`")} | {setting.About} Must be {setting.Expected}. |\n");
        }

        return page.ToString();
    }

    private static string SectionOf(string key) => key.Contains(':') ? key[..key.LastIndexOf(':')] : "";
}
