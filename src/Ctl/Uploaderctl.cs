using System.CommandLine;
using System.CommandLine.Invocation;
using Uploader.Ctl.Bans;
using Uploader.Ctl.Checking;
using Uploader.Ctl.Commands;
using Uploader.Ctl.Doctor;
using Uploader.Ctl.Failures;
using Uploader.Ctl.Keys;
using Uploader.Ctl.Status;
using Uploader.Ctl.Terminals;
using Uploader.Ctl.Uploads;
using Uploader.Ctl.Usage;

namespace Uploader.Ctl;

/// <summary>The operator's command, a line for each thing it can do.</summary>
internal sealed class Uploaderctl
{
    private readonly Terminal _terminal;

    public Uploaderctl(Terminal terminal, TimeProvider time)
    {
        var desk = new Desk(terminal, time);
        _terminal = terminal;
        Root = new RootCommand("Manages the file uploader on this host.")
        {
            desk.Config,
            desk.Output,
            new Command("bans", "Clients that are kept out: who, why, until when.")
            {
                BansList.Command(desk),
                BansAdd.Command(desk),
                BansLift.Command(desk),
                BansExplain.Command(desk),
                BansImport.Command(desk),
                BansExport.Command(desk),
            },
            DoctorCommand.Command(desk),
            new Command("keys", "Who may upload: keys, until when they are good, and what they may send.")
            {
                KeysNew.Command(desk),
                KeysList.Command(desk),
                KeysRevoke.Command(desk),
                KeysRotate.Command(desk),
            },
            new Command("uploads", "What was stored: from whom, with which key, and whether it is still what it was.")
            {
                UploadsList.Command(desk),
                UploadsShow.Command(desk),
                UploadsVerify.Command(desk),
            },
            UsageReport.Command(desk),
            FailuresList.Command(desk),
            TestJail.Command(desk),
            StatusCommand.Command(desk),
            CheckCommand.Command(desk),
        };
        // Without any words, as systemctl(1) has it: an answer, not a lecture.
        desk.Does(Root, StatusCommand.Run);
    }

    public RootCommand Root { get; }

    /// <returns>An <see cref="ExitStatus"/>.</returns>
    public async Task<int> Run(string[] args)
    {
        var parsed = Root.Parse(args);
        if (parsed.Action is ParseErrorAction)
            return Misused(parsed);
        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = _terminal.Out,
            Error = _terminal.Error,
            EnableDefaultExceptionHandler = false,
        });
    }

    private int Misused(ParseResult parsed)
    {
        foreach (var error in parsed.Errors)
            _terminal.Complain(error.Message);
        _terminal.Error.WriteLine($"Try '{NameOf(parsed.CommandResult)} --help'.");
        return ExitStatus.Usage;
    }

    private static string NameOf(System.CommandLine.Parsing.CommandResult command) =>
        command.Parent is System.CommandLine.Parsing.CommandResult parent ? $"{NameOf(parent)} {command.Command.Name}" : "uploaderctl";
}
