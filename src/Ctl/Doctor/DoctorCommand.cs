using System.CommandLine;
using Uploader.Ctl.Commands;
using Uploader.Ctl.Doctor.Fronts;
using Uploader.Shared.Ledger;
using Uploader.Shared.Storage;

namespace Uploader.Ctl.Doctor;

/// <summary><c>uploaderctl doctor</c>: the article's final checklist and the rest of the hardening, checked on the live host.</summary>
internal static class DoctorCommand
{
    /// <summary>A walk over a large store takes a while, everything else is done in seconds.</summary>
    private static readonly TimeSpan PatienceForOne = TimeSpan.FromMinutes(10);

    public static Command Command(Desk desk)
    {
        var front = new Option<Uri?>("--front")
        {
            Description = "The address that clients use, https://NAME (default: found in the configuration of nginx or Apache). The connection goes to this host.",
            HelpName = "URL",
            CustomParser = result => Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : Refused(result, "--front takes http://NAME or https://NAME"),
        };
        var key = new Option<string?>("--key")
        {
            Description = "Send with the key in this file. Without it a key is put into the key file for two minutes, for loopback only, and removed at the end.",
            HelpName = "FILE",
        };
        var noSend = new Option<bool>("--no-send") { Description = "Send and plant nothing: what takes that is reported as not checked." };
        var strict = new Option<bool>("--strict") { Description = "Warnings fail as well." };
        var shipped = new Option<string?>("--shipped")
        {
            Description = "Only print a file as it was shipped, to compare with or to put back.",
            HelpName = "FILE",
        };
        shipped.AcceptOnlyFromAmong([.. Shipped.Names]);
        var command = new Command(
            "doctor",
            "Checks this host against the hardening checklist: each line says what was looked at, what was found, and the command that mends it. "
            + "It asks the running service and the web server in front as a client would, and leaves nothing behind. Exit status 0 when nothing fails.")
        {
            front, key, noSend, strict, shipped,
        };
        return desk.Does(command, (session, words, cancellation) => words.GetValue(shipped) is { } name
            ? Task.FromResult(Print(session, name))
            : Examine(session, new Wishes(words.GetValue(front), words.GetValue(key), !words.GetValue(noSend), words.GetValue(strict)), cancellation));
    }

    private static Uri? Refused(System.CommandLine.Parsing.ArgumentResult result, string why)
    {
        result.AddError(why);
        return null;
    }

    private static int Print(Session session, string name)
    {
        session.Terminal.Out.Write(Shipped.Text(name));
        return ExitStatus.Done;
    }

    private static async Task<int> Examine(Session session, Wishes wishes, CancellationToken cancellation)
    {
        var lines = new List<(Check Check, Diagnosis Diagnosis)>();
        using var examination = new Examination(session, wishes);
        foreach (var group in Checklist.Groups)
        {
            if (session.Format == OutputFormat.Table)
                DoctorReport.Write(session.Terminal, group);
            foreach (var check in group.Checks)
            {
                var diagnosis = await Make(check, examination, cancellation);
                lines.Add((check, diagnosis));
                // Line by line: a walk takes a while, and who waits wants to see for what.
                if (session.Format == OutputFormat.Table)
                    DoctorReport.Write(session.Terminal, check, diagnosis);
            }
        }

        session.Show([.. lines.Select(line => DoctorLine.Of(line.Check, line.Diagnosis))], DoctorJson.Default.DoctorLineArray, terminal => DoctorReport.WriteSum(terminal, [.. lines.Select(line => line.Diagnosis)]));
        return StatusOf(lines.Max(line => line.Diagnosis.Rating), wishes);
    }

    internal static int StatusOf(Rating worst, Wishes wishes) => worst >= (wishes.IsStrict ? Rating.Warn : Rating.Fail) ? ExitStatus.No : ExitStatus.Done;

    /// <summary>A check that breaks is a check that fails: the others go on.</summary>
    private static async Task<Diagnosis> Make(Check check, Examination examination, CancellationToken cancellation)
    {
        if (check.Asks && !examination.Wishes.MaySend)
            return Diagnosis.NotMade("--no-send", "uploaderctl doctor");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(PatienceForOne);
        try
        {
            return await check.Make(examination, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Diagnosis.Fail($"it took longer than {PatienceForOne.TotalMinutes:0} min and was given up", "# look for a disk or a service that does not answer: dmesg, systemctl status");
        }
        catch (NotDoneException) when (examination.Findings.Count > 0)
        {
            return Diagnosis.NotMade("the configuration is wrong", "# correct what the line [configuration] names");
        }
        catch (Exception e) when (e is UnauthorizedAccessException or PosixException { Errno: Errno.AccessDenied or Errno.NotPermitted } && !Examination.IsRoot)
        {
            return Diagnosis.Fail($"it takes root to look: {e.Message}", "sudo uploaderctl doctor");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or LedgerUnavailableException)
        {
            return Diagnosis.Fail($"it could not be looked at: {e.Message}", Examination.IsRoot ? "# look at what it names" : "sudo uploaderctl doctor");
        }
    }
}
