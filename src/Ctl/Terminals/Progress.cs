namespace Uploader.Ctl.Terminals;

/// <summary>One line on standard error that tells how far something long has come; nothing where standard error is no terminal.</summary>
internal sealed class Progress(Terminal terminal, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);
    private const string Over = "\r\e[K";

    private readonly long _began = time.GetTimestamp();
    private long? _shown;

    /// <summary>Since the beginning.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_began);

    /// <param name="line">Asked for only when it is time to show it.</param>
    public void Show(Func<string> line)
    {
        if (!terminal.ShowsProgress || (_shown is { } at && time.GetElapsedTime(at) < Every))
            return;
        _shown = time.GetTimestamp();
        terminal.Error.Write(Over + line());
    }

    /// <summary>Leaves an empty line for what comes next.</summary>
    public void Dispose()
    {
        if (_shown is not null)
            terminal.Error.Write(Over);
    }
}
