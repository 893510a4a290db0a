using System.CommandLine;
using Uploader.Ctl.Terminals;
using Uploader.Shared.Ledger;

namespace Uploader.Ctl.Commands;

/// <summary>
/// Where commands are made: it has the options they share, gives each run its <see cref="Session"/>, and turns whatever goes wrong into one sentence
/// and an exit status.
/// </summary>
internal sealed class Desk(Terminal terminal, TimeProvider time)
{
    public Option<string?> Config { get; } = new("--config")
    {
        Description = $"The configuration of the service (default {Shared.Configuration.ConfigurationFile.DefaultPath}).",
        HelpName = "FILE",
        Recursive = true,
    };

    public Option<OutputFormat> Output { get; } = new("--output", "-o")
    {
        Description = "table for people, json for programs.",
        HelpName = "table|json",
        Recursive = true,
        DefaultValueFactory = _ => OutputFormat.Table,
    };

    /// <summary>Sets what a command does; it gets its session and its words, and returns an <see cref="ExitStatus"/>.</summary>
    public Command Does(Command command, Func<Session, ParseResult, int> action) =>
        Does(command, (session, words, _) => Task.FromResult(action(session, words)));

    public Command Does(Command command, Func<Session, ParseResult, CancellationToken, Task<int>> action)
    {
        command.SetAction((words, cancellation) => Guarded(words, action, cancellation));
        return command;
    }

    private async Task<int> Guarded(ParseResult words, Func<Session, ParseResult, CancellationToken, Task<int>> action, CancellationToken cancellation)
    {
        try
        {
            return await action(new Session(terminal, time, words.GetValue(Config), words.GetValue(Output)), words, cancellation);
        }
        catch (NotDoneException e)
        {
            return Complain(e.Message, e.Status);
        }
        catch (LedgerUnavailableException e) when (IsDenied(e))
        {
            return Complain($"the ledger cannot be used: {e.Message}. Try with sudo", ExitStatus.NoPermission);
        }
        catch (LedgerUnavailableException e)
        {
            return Complain($"the ledger cannot be used now: {e.Message}", ExitStatus.TryAgain);
        }
        catch (Exception e) when (IsDenied(e))
        {
            return Complain($"{e.Message}. Try with sudo", ExitStatus.NoPermission);
        }
        catch (IOException e)
        {
            return Complain(e.Message, ExitStatus.NoInput);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Complain("interrupted", ExitStatus.Interrupted);
        }
    }

    private int Complain(string sentence, int status)
    {
        terminal.Complain(sentence);
        return status;
    }

    /// <summary>Whether it takes root.</summary>
    internal static bool IsDenied(Exception? e) => e switch
    {
        LedgerUnavailableException { InnerException: { } why } => IsDenied(why),
        UnauthorizedAccessException => true,
        Shared.Storage.PosixException { Errno: Shared.Storage.Errno.AccessDenied or Shared.Storage.Errno.NotPermitted } => true,
        _ => false,
    };
}
