using Microsoft.Extensions.Configuration;

namespace Uploader.Shared.Configuration;

/// <summary>Where both processes get their configuration: one JSON file, overridden by <c>UPLOADER_Section__Key</c> in the environment.</summary>
internal static class ConfigurationFile
{
    public const string DefaultPath = "/etc/fileuploader/fileuploader.json";

    public const string EnvironmentPrefix = "UPLOADER_";

    /// <param name="path">The file an operator named, which must then exist; null for <see cref="DefaultPath"/>, which may be missing.</param>
    /// <param name="options">The options, which must not be used when there are findings.</param>
    public static IReadOnlyList<Finding> Read(string? path, out UploaderOptions options) => Read(path, [], out options);

    /// <inheritdoc cref="Read(string?, out UploaderOptions)"/>
    /// <param name="path">As above.</param>
    /// <param name="overrides">Keys that override the file, and are overridden by this process's own environment.</param>
    /// <param name="options">As above.</param>
    public static IReadOnlyList<Finding> Read(string? path, IReadOnlyCollection<KeyValuePair<string, string?>> overrides, out UploaderOptions options)
    {
        options = new UploaderOptions();
        var builder = new ConfigurationBuilder();
        if ((path is not null || File.Exists(DefaultPath)) && TryAddJson(builder, path ?? DefaultPath) is { } finding)
            return [finding];

        var reader = new SettingsReader(builder.AddInMemoryCollection(overrides).AddEnvironmentVariables(EnvironmentPrefix).Build());
        options = UploaderOptions.Read(reader);
        return reader.Findings;
    }

    private static Finding? TryAddJson(ConfigurationBuilder builder, string path)
    {
        try
        {
            // Parsed here once for its errors: at Build() they would come without the file's name.
            var json = File.ReadAllBytes(path);
            _ = new ConfigurationBuilder().AddJsonStream(new MemoryStream(json)).Build();
            builder.AddJsonStream(new MemoryStream(json));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Finding("--config", path, $"cannot be read: {e.Message}");
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or System.Text.Json.JsonException)
        {
            return new Finding("--config", path, $"is not a JSON configuration: {(e.InnerException ?? e).Message}");
        }
    }
}
