using System.Collections.Immutable;
using Uploader.Inspection;

namespace Uploader.Shared.Configuration;

/// <summary>What one client, and all together, may ask of the service.</summary>
internal sealed record LimitOptions
{
    public long MaxFileSize { get; init; } = 50L << 20;

    public long MaxRequestSize { get; init; } = 51L << 20;

    public int MaxFiles { get; init; } = 20;

    public ImmutableArray<string> AllowedTypes { get; init; } = FileTypes.SupportedExtensions;

    /// <summary>Requests a second and client.</summary>
    public double Rate { get; init; } = 5;

    public int Burst { get; init; } = 10;

    public int MaxConcurrentPerClient { get; init; } = 8;

    public int MaxConcurrent { get; init; } = 256;

    public int MaxConnections { get; init; } = 4096;

    /// <summary>Bytes a second.</summary>
    public long MinDataRate { get; init; } = 4L << 10;

    public TimeSpan HeaderTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public static LimitOptions Read(SettingsReader section)
    {
        var defaults = new LimitOptions();
        var options = new LimitOptions
        {
            MaxFileSize = section.Read("MaxFileSize", defaults.MaxFileSize, Syntax.SizeFrom(1), "The largest file."),
            MaxRequestSize = section.Read("MaxRequestSize", defaults.MaxRequestSize, Syntax.SizeFrom(1), "The largest request body: the files and the form around them."),
            MaxFiles = section.Read("MaxFiles", defaults.MaxFiles, Syntax.Count(1, 1000), "Files in one request to `/upload/multiple`."),
            AllowedTypes = section.Read("AllowedTypes", defaults.AllowedTypes, Syntax.SomeOf(FileTypes.SupportedExtensions), "The file name extensions that are accepted; the content must belong to the extension."),
            Rate = section.Read("Rate", defaults.Rate, Syntax.Number(0.001, 1_000_000), "Requests a second that one client may make in the long run."),
            Burst = section.Read("Burst", defaults.Burst, Syntax.Count(1, 1_000_000), "Requests that one client may make at once after a pause."),
            MaxConcurrentPerClient = section.Read("MaxConcurrentPerClient", defaults.MaxConcurrentPerClient, Syntax.Count(1, 100_000), "Uploads of one client under way at a time."),
            MaxConcurrent = section.Read("MaxConcurrent", defaults.MaxConcurrent, Syntax.Count(1, 100_000), "Uploads under way in all; each holds at most 256 KiB of memory."),
            MaxConnections = section.Read("MaxConnections", defaults.MaxConnections, Syntax.Count(1, 1_000_000), "Connections open in all, busy or idle."),
            MinDataRate = section.Read("MinDataRate", defaults.MinDataRate, Syntax.SizeFrom(1), "A body that arrives slower than this, in bytes a second, is cut after five seconds' grace."),
            HeaderTimeout = section.Read("HeaderTimeout", defaults.HeaderTimeout, Syntax.DurationFrom(TimeSpan.FromSeconds(1)), "A request's headers must have arrived by then."),
        };

        section.Require(options.MaxRequestSize >= options.MaxFileSize, "MaxRequestSize", ByteSize.Write(options.MaxRequestSize), $"must be at least MaxFileSize, {ByteSize.Write(options.MaxFileSize)}");
        section.Require(options.MaxConcurrent >= options.MaxConcurrentPerClient, "MaxConcurrent", $"{options.MaxConcurrent}", $"must be at least MaxConcurrentPerClient, {options.MaxConcurrentPerClient}");
        return options;
    }
}
