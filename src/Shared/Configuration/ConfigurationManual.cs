using System.Text;
using Microsoft.Extensions.Configuration;

namespace Uploader.Shared.Configuration;

/// <summary><c>docs/man/fileuploader.json.5</c>, written from the declarations in the options classes.</summary>
internal static class ConfigurationManual
{
    private const string Preface =
        """
        .\" Made from the code by `UPDATE_DOCS=1 scripts/test Shared`; a test keeps it current.
        .TH FILEUPLOADER.JSON 5 "" uploader "File uploader"
        .SH NAME
        fileuploader.json \- the configuration of the file uploader
        .SH SYNOPSIS
        .I /etc/fileuploader/fileuploader.json
        .SH DESCRIPTION
        Both processes,
        .BR fileuploader\-web (8)
        and
        .BR fileuploader\-worker (8),
        read one JSON file. Comments and trailing commas are allowed. Everything has a safe default: an empty file, or none, is a good configuration.
        .PP
        An environment variable
        .B UPLOADER_Section__Key
        overrides a key of the file; a list may be written there as one text with commas. The units read variables from
        .IR /etc/fileuploader/environment ,
        which does not exist until somebody makes it.
        .PP
        A key that does not exist is an error, so that a typing mistake cannot leave a default in force. A process with a bad configuration says all that is wrong
        with it, does nothing, and exits with status 78. Changes are in force after
        .BR "systemctl restart fileuploader\-web fileuploader\-worker" .
        .PP
        Durations are written 30s, 10m, 1h, 1d, 1w, sizes 64KiB, 50MiB, 1GiB.
        .SH EXAMPLE
        .EX
        {
          "Limits": { "MaxFileSize": "20MiB", "AllowedTypes": ["png", "pdf"] },
          "Disk": { "MaxBytes": "200GiB" },
          "Bans": { "IgnoreIp": ["127.0.0.0/8", "::1", "192.0.2.0/24"], "Jails": { "auth": { "MaxRetry": "3" } } }
        }
        .EE
        .SH KEYS
        A key is written here with the names of the objects around it:
        .B Disk:MaxBytes
        is
        .B MaxBytes
        in the object
        .BR Disk .

        """;

    private const string Ending =
        """
        .SH SEE ALSO
        .BR fileuploader (7),
        .BR fileuploader\-keys (5),
        .BR uploaderctl (8)

        """;

    public static string Write()
    {
        var reader = new SettingsReader(new ConfigurationBuilder().Build());
        UploaderOptions.Read(reader);

        var page = new StringBuilder(Preface);
        foreach (var setting in reader.Settings)
        {
            var initially = setting.Default is "" ? "" : $" Default: {Text(setting.Default)}.";
            page.Append($".TP\n.B {Text(setting.Key)}\n{Text(setting.About)} Must be {Text(setting.Expected)}.{initially}\n");
        }

        return page.Append(Ending).ToString();
    }

    /// <summary>As roff wants it: a hyphen is one that can be copied, a back quote of the other page's markup goes, and no line begins with a request.</summary>
    private static string Text(string words)
    {
        var text = words.Replace("`", "", StringComparison.Ordinal).Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal);
        return text is ['.' or '\'', ..] ? "\\&" + text : text;
    }
}
