using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Support;
using Uploader.Ctl;
using Uploader.Ctl.Terminals;
using Uploader.Shared.Ledger;

namespace Ctl.Tests;

/// <summary>
/// An operator at a host of his own: runs <c>uploaderctl</c> on a real configuration, ledger, key file and uploads directory, all in one
/// temporary folder.
/// </summary>
internal sealed class Operator : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly TimeProvider _time;

    /// <param name="settings">Lines of JSON that go into the configuration beside the paths: <c>"Limits": {"MaxFiles": "3"}</c>.</param>
    /// <param name="time">The command's clock.</param>
    public Operator(string settings = "", TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        Uploads = _scratch.Folder("uploads");
        State = _scratch.Folder("state");
        KeyFile = _scratch.Of("keys");
        ConfigFile = _scratch.File("fileuploader.json", $$"""
            {
              "Storage": { "Root": "{{Uploads}}", "Group": "{{Environment.UserName}}" },
              "Ledger": { "Directory": "{{State}}" },
              "Auth": { "KeyFile": "{{KeyFile}}" }{{(settings.Length == 0 ? "" : ",")}}
              {{settings}}
            }
            """);
        Ledger = new LedgerFile(State, _time, NullLogger<LedgerFile>.Instance);
    }

    public string Folder => _scratch.Path;

    public string Uploads { get; }

    public string State { get; }

    public string KeyFile { get; }

    public string ConfigFile { get; }

    /// <summary>The ledger as the processes would write it.</summary>
    public LedgerFile Ledger { get; }

    /// <summary>A terminal of that width instead of a pipe.</summary>
    public int? Width { get; init; }

    public bool HasColours { get; init; }

    /// <summary>Standard error is a terminal.</summary>
    public bool ShowsProgress { get; init; }

    /// <summary>What is typed when a question is asked; null: nobody can be asked.</summary>
    public string? Types { get; init; }

    /// <summary>Standard input of a command that reads it.</summary>
    public string Input { get; init; } = "";

    public async Task<Answer> Runs(params string[] words)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var input = new StringReader(Types ?? Input);
        var terminal = new Terminal { Out = output, Error = error, In = input, Width = Width, HasColours = HasColours, CanAsk = Types is not null, ShowsProgress = ShowsProgress };
        var status = await new Uploaderctl(terminal, _time).Run([.. words, "--config", ConfigFile]);
        return new Answer(status, output.ToString(), error.ToString());
    }

    public void Dispose() => _scratch.Dispose();
}

/// <summary>What a command wrote and how it ended.</summary>
internal sealed record Answer(int Status, string Output, string Error)
{
    /// <summary>The output as JSON, when it ended well.</summary>
    public JsonElement Json()
    {
        Assert.True(Status == 0, $"{Status}: {Error}");
        return JsonDocument.Parse(Output).RootElement;
    }

    /// <summary>Ended as said, with nothing on standard error but where something is wrong.</summary>
    public Answer Ends(int status)
    {
        Assert.True(Status == status, $"ended with {Status}, not {status}.\n{Output}\n{Error}");
        return this;
    }
}
