using System.CommandLine;
using System.CommandLine.Help;
using System.Text;

namespace Ctl.Tests.Manual;

/// <summary><c>uploaderctl(8)</c>, written from the command's own words: what <c>--help</c> says, on one page.</summary>
internal static class ManualPage
{
    private const string Ending =
        """
        .SH EXIT STATUS
        .TP
        .B 0
        Done.
        .TP
        .B 1
        The answer is no: nothing found, nothing to lift, a check that fails, something that needs attention.
        .TP
        .B 64
        The command line makes no sense.
        .TP
        .B 66
        A file that was named cannot be read.
        .TP
        .B 69
        A program or a service that it takes is not there.
        .TP
        .B 75
        The ledger is busy or full; the same command may work in a while.
        .TP
        .B 77
        It takes root.
        .TP
        .B 78
        The configuration is wrong.
        .SH ENVIRONMENT
        .TP
        .B NO_COLOR
        No colours, also on a terminal.
        .TP
        .BI UPLOADER_ Section __ Key
        Overrides a key of the configuration, as for the service. What the units read from
        .I /etc/fileuploader/environment
        is read too.
        .SH FILES
        .TP
        .I /etc/fileuploader/fileuploader.json
        The configuration, see
        .BR fileuploader.json (5).
        .TP
        .I /etc/fileuploader/keys
        The keys, see
        .BR fileuploader-keys (5).
        .TP
        .I /var/lib/fileuploader/ledger.db
        Failures, bans, and what the processes tell of themselves.
        .SH SEE ALSO
        .BR fileuploader (7),
        .BR fileuploader-web (8),
        .BR fileuploader-worker (8),
        .BR journalctl (1)

        """;

    public static string Of(RootCommand root)
    {
        var page = new StringBuilder(
            $"""
            .\" Made from the command by UPDATE_DOCS=1 scripts/test Manual; a test keeps it current.
            .TH UPLOADERCTL 8 "" Uploader "System management"
            .SH NAME
            uploaderctl \- manage the file uploader on this host
            .SH SYNOPSIS
            .B uploaderctl
            .I COMMAND
            .RI [ OPTION ...]
            .SH DESCRIPTION
            {Escaped(root.Description)}
            Tables are for people;
            .B \-o json
            gives everything to programs. Times are UTC. What clients sent is shown in a way that cannot forge a line.
            .SH OPTIONS OF EVERY COMMAND

            """);
        Options(page, root);
        page.Append(".SH COMMANDS\n");
        foreach (var command in root.Subcommands.Where(command => !command.Hidden))
            Command(page, command, "");
        return page.Append(Ending).ToString();
    }

    private static void Command(StringBuilder page, Command command, string parents)
    {
        var name = $"{parents}{command.Name}";
        if (command.Subcommands.Count == 0)
        {
            page.Append($".SS {Escaped(name)}{string.Concat(command.Arguments.Where(argument => !argument.Hidden).Select(argument => " " + Usage(argument)))}\n");
            page.Append($"{Escaped(command.Description)}\n");
        }

        foreach (var argument in command.Arguments.Where(argument => !argument.Hidden && !string.IsNullOrEmpty(argument.Description)))
            page.Append($".TP\n.I {Escaped(argument.HelpName ?? argument.Name.ToUpperInvariant())}\n{Escaped(argument.Description)}\n");
        Options(page, command);
        foreach (var sub in command.Subcommands.Where(sub => !sub.Hidden))
            Command(page, sub, name + " ");
    }

    private static void Options(StringBuilder page, Command command)
    {
        foreach (var option in command.Options.Where(option => !option.Hidden && (option is not (HelpOption or VersionOption) || command is RootCommand)))
        {
            var names = string.Join(", ", new[] { option.Name }.Concat(option.Aliases.Where(alias => alias.StartsWith('-'))).Distinct().OrderBy(name => name.Length));
            page.Append($".TP\n.B {Escaped(names)}{(option.HelpName is { } value ? $" \\fI{Escaped(value)}\\fR" : "")}\n{Escaped(option.Description)}\n");
        }
    }

    private static string Usage(Argument argument)
    {
        var name = $"\\fI{Escaped(argument.HelpName ?? argument.Name.ToUpperInvariant())}\\fR{(argument.Arity.MaximumNumberOfValues > 1 ? "..." : "")}";
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }

    private static string Escaped(string? text) =>
        (text ?? "").Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal).Replace("'", "\\(aq", StringComparison.Ordinal);
}
