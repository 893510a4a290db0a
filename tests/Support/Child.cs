using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Support;

/// <summary>A real process that a test started: its output is kept, and it never outlives the test.</summary>
public sealed partial class Child : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _standardOutput = new();
    private readonly StringBuilder _standardError = new();
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _outputEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _openStreams = 2;
    private bool _isDisposed;

    private Child(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data, _standardOutput);
        process.ErrorDataReceived += (_, line) => Keep(line.Data, _standardError);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _isDisposed || _process.HasExited;

    /// <summary>What it wrote so far, standard output and standard error mixed as they came.</summary>
    public string Output => Kept(_output);

    public string StandardOutput => Kept(_standardOutput);

    public string StandardError => Kept(_standardError);

    /// <summary>Environment values replace those inherited; null removes one. <c>UPLOADER_…</c> and <c>API_KEY</c> are never inherited.</summary>
    public static Child Start(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "/",
        };
        foreach (var name in start.Environment.Keys.Where(IsOurs).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string?>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        return new Child(new Process { StartInfo = start });
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task<(int ExitCode, string Output)> Run(string program, params string[] arguments)
    {
        await using var child = Start(program, arguments);
        return (await child.Exit(TimeSpan.FromMinutes(5)), child.Output);
    }

    /// <summary>Its exit code once it has ended and all it wrote was read; 128 + n when signal n ended it.</summary>
    public async Task<int> Exit(TimeSpan deadline)
    {
        using var limit = new CancellationTokenSource(deadline);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            await _outputEnded.Task.WaitAsync(limit.Token);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"{_process.StartInfo.FileName} did not end within {deadline.TotalSeconds} s. It wrote:\n{Output}", late);
        }

        return _process.ExitCode;
    }

    /// <summary>SIGKILL: the process gets no say.</summary>
    public Task<int> Kill9()
    {
        Signal(9);
        return Exit(TimeSpan.FromSeconds(10));
    }

    /// <summary>SIGTERM, and its exit code.</summary>
    public Task<int> Terminate(TimeSpan? deadline = null)
    {
        Signal(15);
        return Exit(deadline ?? TimeSpan.FromSeconds(30));
    }

    public void Signal(int number)
    {
        if (!HasExited)
        {
            _ = Kill(_process.Id, number);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    /// <summary>The mark by which scripts/test finds what was left running is inherited, a developer's settings are not.</summary>
    private static bool IsOurs(string name)
        => name is "API_KEY" or "NOTIFY_SOCKET" || name.StartsWith("UPLOADER_", StringComparison.Ordinal);

    private string Kept(StringBuilder text)
    {
        lock (_lock)
        {
            return text.ToString();
        }
    }

    private void Keep(string? line, StringBuilder stream)
    {
        if (line is null)
        {
            if (Interlocked.Decrement(ref _openStreams) == 0)
            {
                _outputEnded.TrySetResult();
            }

            return;
        }

        lock (_lock)
        {
            _output.Append(line).Append('\n');
            stream.Append(line).Append('\n');
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int id, int signal);
}
