using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Extensions.Logging;
using Uploader.Shared.Journal;

namespace Shared.Tests.Journal;

/// <summary>What a real journald makes of what the sink sends.</summary>
public sealed class JournaldTests : IAsyncLifetime
{
    private const string Identifier = "fileuploader-test";

    private static readonly string[] FieldsOfUnbanned =
    [
        "LOGGER", "MESSAGE", "MESSAGE_ID", "PRIORITY", "SYSLOG_FACILITY", "SYSLOG_IDENTIFIER",
        "UPLOADER_CLIENT", "UPLOADER_EVENT", "UPLOADER_JAIL", "UPLOADER_LOGGED_AT", "UPLOADER_REASON",
    ];

    private Journald _journald = null!;
    private Serilog.Core.Logger _serilog = null!;
    private SerilogLoggerProvider _provider = null!;

    private Microsoft.Extensions.Logging.ILogger Log => _provider.CreateLogger("Uploader.Tests");

    public async ValueTask InitializeAsync()
    {
        _journald = await Journald.Start();
        _serilog = new LoggerConfiguration().WriteTo.Journal(Identifier, _journald.SocketPath).CreateLogger();
        _provider = new SerilogLoggerProvider(_serilog);
    }

    public async ValueTask DisposeAsync()
    {
        // Nothing of this exists where the test was skipped.
        _provider?.Dispose();
        _serilog?.Dispose();
        if (_journald is not null)
        {
            await _journald.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_hostile_name_is_one_entry_with_no_field_of_its_own()
    {
        string[] names =
        [
            "evil\n<0>MESSAGE=root logged in",
            "evil\nPRIORITY=0\n\nMESSAGE=second entry\n",
            "\u202egnp.exe",
            "nul\0nul",
            "\u001b[2J\u009b31m",
            new('n', 4_000),
            "../../etc/passwd",
            new string('\n', 4_000),
            "",
        ];

        foreach (var name in names)
        {
            Log.Unbanned(name, "auth", "by hand");
        }

        Log.BansCatchUp(0);
        var entries = await _journald.Entries(Identifier, names.Length + 1);

        Assert.Equal(names.Length + 1, entries.Count);
        Assert.Equal(names, entries.SkipLast(1).Select(e => e["UPLOADER_CLIENT"]));
        Assert.All(entries.SkipLast(1), entry =>
        {
            Assert.Equal(FieldsOfUnbanned, entry.OwnNames);
            Assert.Equal("6", entry["PRIORITY"]);
            Assert.Equal(MessageIds.Of(31), entry["MESSAGE_ID"]);
            Assert.StartsWith("Ban of ", entry["MESSAGE"], StringComparison.Ordinal);
            Assert.DoesNotContain(entry["MESSAGE"], c => char.IsControl(c) || c == '\u202e');
        });
    }

    [Fact]
    public async Task An_entry_of_several_hundred_kilobytes_is_whole()
    {
        var large = new string('x', 60_000);
        Log.DriftNotRepaired(large, large, large, large);

        var entry = Assert.Single(await _journald.Entries(Identifier, 1));
        Assert.Equal(large, entry["UPLOADER_PATH"]);
        Assert.Equal(large, entry["UPLOADER_REASON"]);
    }

    [Fact]
    public async Task A_stopped_journald_holds_up_nobody_and_gets_everything_later()
    {
        const int Logged = 2_000;
        _journald.Stop();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Logged; i++)
        {
            Log.BansCatchUp(i);
        }

        var took = watch.Elapsed;
        _journald.Continue();

        var entries = await _journald.Entries(Identifier, Logged);
        Assert.True(took < TimeSpan.FromSeconds(1), $"took {took}");
        Assert.Equal(Enumerable.Range(0, Logged).Select(i => i.ToString()), entries.Select(e => e["UPLOADER_ACTIVE"]));
    }

    [Fact]
    public async Task A_journald_that_was_killed_gets_the_rest_after_its_restart()
    {
        Log.BansCatchUp(1);
        await _journald.Entries(Identifier, 1);
        await _journald.Kill();
        Log.BansCatchUp(2);
        Log.BansCatchUp(3);
        await _journald.Run();

        var entries = await _journald.Entries(Identifier, 3);
        Assert.Equal(["1", "2", "3"], entries.Select(e => e["UPLOADER_ACTIVE"]));
    }
}
