using System.CommandLine;
using Uploader.Ctl.Commands;
using Uploader.Ctl.Terminals;

namespace Uploader.Ctl.Uploads;

/// <summary><c>uploaderctl uploads verify</c>: whether the store still holds what was uploaded.</summary>
internal static class UploadsVerify
{
    public static Command Command(Desk desk)
    {
        var options = new UploadOptions();
        var names = new Argument<string[]>("ID|PATH")
        {
            Description = "Uploads, by id or path, or folders such as 2026/03. Without any: all.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command(
            "verify",
            "Reads uploads again, compares their digests with those recorded when they were stored, and names what is in the store and no upload. Ends with 0 only when all is well, with 1 when anything is not.")
        {
            names,
        };
        options.AddTo(command);
        return desk.Does(command, (session, words, cancellation) =>
        {
            var root = session.Options.Storage.Root;
            var selection = options.Read(session, words) with { Names = [.. words.GetValue(names)!.Select(name => UploadName.Parse(name, root))] };
            return Task.FromResult(Verify(session, selection, cancellation));
        });
    }

    private static int Verify(Session session, UploadSelection selection, CancellationToken cancellation)
    {
        var verification = Run(session, selection, cancellation);
        session.Show(verification, UploadsJson.Default.Verification, terminal => Write(terminal, verification));
        foreach (var name in selection.Missing)
            session.Terminal.Complain($"there is no upload {name.Text}");
        return verification.ProblemCount > 0 || selection.Missing.Any() ? ExitStatus.No : ExitStatus.Done;
    }

    private static Verification Run(Session session, UploadSelection selection, CancellationToken cancellation)
    {
        using var progress = new Progress(session.Terminal, session.Time);
        var verifier = new Verifier(selection, progress, cancellation);
        verifier.Walk(session, cancellation);
        return verifier.Result;
    }

    private static void Write(Terminal terminal, Verification verification)
    {
        if (verification.ProblemCount > 0)
        {
            var table = new Table(new("VERDICT"), new("PATH"), new("DETAIL", MayBeCut: true));
            foreach (var problem in verification.Problems)
                table.Add(new Cell(problem.Verdict, Colour.Bad), problem.Path, problem.Detail);
            table.WriteTo(terminal);
            if (verification.NotListed > 0)
                terminal.WriteLine($"… and {verification.NotListed} more");
            terminal.WriteLine();
        }

        var files = verification.Files == 1 ? "file" : "files";
        var colour = verification.ProblemCount == 0 ? Colour.Good : Colour.Bad;
        var sentence = $"{verification.Intact} of {verification.Files} {files} intact, {Shown.Bytes(verification.Bytes)} read, {verification.ProblemCount} problems.";
        terminal.WriteLine(terminal.Paint(colour, sentence));
    }
}
