using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Uploader.Ctl.Terminals;
using Uploader.Shared.Configuration;
using Uploader.Shared.Ledger;

namespace Uploader.Ctl.Commands;

/// <summary>One run of a command: the configuration of the service, its ledger, the clock, and the terminal to answer on.</summary>
internal sealed class Session
{
    private readonly Lazy<UploaderOptions> _options;
    private readonly Lazy<LedgerFile> _ledger;

    public Session(Terminal terminal, TimeProvider time, string? configFile, OutputFormat format)
    {
        Terminal = terminal;
        Time = time;
        ConfigFile = configFile;
        Format = format;
        _options = new(ReadOptions);
        _ledger = new(() => new LedgerFile(Options.Ledger.Directory, time, new Warnings<LedgerFile>(terminal)));
    }

    public Terminal Terminal { get; }

    public TimeProvider Time { get; }

    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>What <c>--config</c> named; null for the default file.</summary>
    public string? ConfigFile { get; }

    public OutputFormat Format { get; }

    /// <summary>As the processes see it.</summary>
    /// <exception cref="NotDoneException">It is wrong, with everything that is.</exception>
    public UploaderOptions Options => _options.Value;

    /// <summary>Opened for one batch at a time, as everywhere. Nothing is begun anew by looking: see <see cref="LedgerFile"/>.</summary>
    public LedgerFile Ledger => _ledger.Value;

    /// <summary>All that is wrong with the configuration.</summary>
    public IReadOnlyList<Finding> ReadOptions(out UploaderOptions options) =>
        ConfigurationFile.Read(ConfigFile, ConfigFile is null ? ServiceEnvironment.Read(Terminal) : [], out options);

    /// <summary>Answers in the format that was asked for.</summary>
    /// <param name="answer">The whole of it, as JSON shows it.</param>
    /// <param name="type">From the command's own source-generated context.</param>
    /// <param name="forPeople">Writes the same to the terminal.</param>
    public void Show<T>(T answer, JsonTypeInfo<T> type, Action<Terminal> forPeople)
    {
        if (Format == OutputFormat.Json)
            Terminal.Out.WriteLine(JsonSerializer.Serialize(answer, type));
        else
            forPeople(Terminal);
    }

    private UploaderOptions ReadOptions()
    {
        var findings = ReadOptions(out var options);
        if (findings.Count == 0)
            return options;
        throw new NotDoneException($"the configuration is wrong:\n  {string.Join("\n  ", findings)}", ExitStatus.BadConfiguration);
    }

    /// <summary>What the ledger has to say (it was busy, it was put aside), on standard error.</summary>
    private sealed class Warnings<T>(Terminal terminal) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // That it cannot be used comes as an exception too, and is told there.
            if (IsEnabled(logLevel) && eventId.Name is not nameof(Shared.Journal.Events.LedgerUnavailable))
                terminal.Complain(formatter(state, exception));
        }
    }
}
