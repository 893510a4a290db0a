using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Support;
using Uploader.Ctl.Commands;
using Uploader.Ctl.Terminals;
using Uploader.Ctl.Uploads;

namespace Ctl.Tests.Uploads;

/// <summary><c>uploads verify</c>, on real files that somebody meddled with.</summary>
public sealed class VerifyTests : IDisposable
{
    private readonly Operator _operator = new();

    public void Dispose() => _operator.Dispose();

    [Fact]
    public async Task A_store_that_is_as_it_was_stored_ends_with_0()
    {
        _operator.Stores("one");
        _operator.Stores(new string('x', 3 << 20));

        Assert.Equal("2 of 2 files intact, 3 MiB read, 0 problems.\n", (await _operator.Runs("uploads", "verify")).Ends(0).Output);
        var json = (await _operator.Runs("uploads", "verify", "-o", "json")).Json();
        Assert.Equal((2, 2, (3 << 20) + 3), (json.GetProperty("files").GetInt32(), json.GetProperty("intact").GetInt32(), json.GetProperty("bytes").GetInt32()));
    }

    [Fact]
    public async Task Each_thing_that_is_wrong_has_its_verdict()
    {
        var changed = At(_operator.Stores("content"));
        var emptied = At(_operator.Stores("more content"));
        var linked = At(_operator.Stores("linked"));
        _operator.Stores("intact");
        File.WriteAllText(changed, "CONTENT");
        File.WriteAllText(emptied, "");
        await Run("ln", linked, Path.Join(_operator.Folder, "elsewhere"));
        await Run("mkfifo", Path.Join(_operator.Uploads, "fifo"));
        File.CreateSymbolicLink(Path.Join(_operator.Uploads, "link"), "/etc/passwd");
        var planted = _operator.Plants("2026/01/01/planted.png");

        var answer = (await _operator.Runs("uploads", "verify", "-o", "json")).Ends(1);

        var json = JsonDocument.Parse(answer.Output).RootElement;
        var problems = json.GetProperty("problems").EnumerateArray().Select(problem =>
            (Path.GetFileName(problem.GetProperty("path").GetString()!), problem.GetProperty("verdict").GetString()!));
        Assert.Equal(
            Sorted([
                (Path.GetFileName(changed), "content differs"), (Path.GetFileName(emptied), "content differs"), (Path.GetFileName(linked), "other names"),
                (Path.GetFileName(planted), "no digest"), ("fifo", "foreign object"), ("link", "foreign object"),
            ]),
            Sorted(problems));
        Assert.Equal((5, 2), (json.GetProperty("files").GetInt32(), json.GetProperty("intact").GetInt32()));
        var table = (await _operator.Runs("uploads", "verify")).Ends(1).Output;
        Assert.Contains("it is empty now", table);
        Assert.Contains("it has 7 bytes now", table);
        Assert.EndsWith("2 of 5 files intact, 19 B read, 6 problems.\n", table);
    }

    [Fact]
    public async Task Some_can_be_named_by_id_path_or_folder()
    {
        var one = _operator.Stores("one", on: new DateTimeOffset(2026, 3, 9, 0, 0, 0, TimeSpan.Zero));
        var two = _operator.Stores("two", on: new DateTimeOffset(2026, 4, 9, 0, 0, 0, TimeSpan.Zero));
        File.WriteAllText(At(two), "TWO");

        (await _operator.Runs("uploads", "verify", one.Id)).Ends(0);
        (await _operator.Runs("uploads", "verify", "2026/03")).Ends(0);
        (await _operator.Runs("uploads", "verify", one.Path, "2026/03/09/")).Ends(0);
        (await _operator.Runs("uploads", "verify", "2026")).Ends(1);
        (await _operator.Runs("uploads", "verify", two.Id)).Ends(1);
        (await _operator.Runs("uploads", "verify", "--since", "2026-04-01")).Ends(1);
        Assert.Contains("there is no upload 2026/05", (await _operator.Runs("uploads", "verify", "2026/05")).Ends(1).Error);
    }

    [Fact]
    public void A_file_that_is_written_while_it_is_read_gets_no_verdict_on_its_content()
    {
        var path = At(_operator.Stores(new string('x', 3 << 20)));
        _operator.Stores("left alone");
        // Each line of progress comes from the middle of a file that is being read.
        var terminal = new Terminal { Out = TextWriter.Null, Error = new Meddler(path), ShowsProgress = true };
        var session = new Session(terminal, new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(1) }, _operator.ConfigFile, OutputFormat.Table);
        using var progress = new Progress(terminal, session.Time);
        var verifier = new Verifier(new UploadSelection(), progress, CancellationToken.None);

        verifier.Walk(session, CancellationToken.None);

        Assert.Equal((2, 1, "changing"), (verifier.Result.Files, verifier.Result.Intact, Assert.Single(verifier.Result.Problems).Verdict));
    }

    [Fact]
    public async Task Progress_is_for_a_terminal_and_leaves_no_trace_there()
    {
        using var watching = new Operator { ShowsProgress = true };
        watching.Stores("content");

        Assert.Equal("", (await _operator.Runs("uploads", "verify")).Ends(0).Error);
        var error = (await watching.Runs("uploads", "verify")).Ends(0).Error;
        Assert.Contains("1 files, 7 B", error);
        Assert.EndsWith("\r\e[K", error);
    }

    /// <summary>A terminal whose every line makes a file longer.</summary>
    private sealed class Meddler(string path) : StringWriter
    {
        public override void Write(string? value) => File.AppendAllText(path, "y");
    }

    private string At(Uploader.Shared.Storage.StoredFile stored) => Path.Join(_operator.Uploads, stored.Path);

    private static (string, string)[] Sorted(IEnumerable<(string, string)> problems) => [.. problems.Order()];

    private static async Task Run(string program, params string[] arguments) => Assert.Equal(0, (await Child.Run(program, arguments)).ExitCode);
}
