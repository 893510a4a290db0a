namespace Uploader.Shared.Configuration;

/// <summary>Where the API keys' hashes are kept.</summary>
internal sealed record AuthOptions
{
    public string KeyFile { get; init; } = "/etc/fileuploader/keys";

    public static AuthOptions Read(SettingsReader section)
    {
        var defaults = new AuthOptions();
        return new AuthOptions
        {
            KeyFile = section.Read("KeyFile", defaults.KeyFile, Syntax.AbsolutePath, "One key a line, `name sha256:<hex>` and options, see fileuploader-keys(5); re-read when it changes. The environment variable `API_KEY` adds one key named `env`."),
        };
    }
}
