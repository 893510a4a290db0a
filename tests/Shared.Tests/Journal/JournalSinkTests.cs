using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Extensions.Logging;
using Uploader.Shared.Journal;

namespace Shared.Tests.Journal;

public sealed class JournalSinkTests : IDisposable
{
    private const int FullySealed = 0xf; // SEAL | SHRINK | GROW | WRITE

    private readonly JournalEnd _journal = new();
    private readonly Serilog.Core.Logger _serilog;
    private readonly SerilogLoggerProvider _provider;

    public JournalSinkTests()
    {
        _serilog = new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.Journal("fileuploader-web", _journal.Path).CreateLogger();
        _provider = new SerilogLoggerProvider(_serilog);
    }

    public void Dispose()
    {
        _provider.Dispose();
        _serilog.Dispose();
        _journal.Dispose();
    }

    [Fact]
    public void An_event_arrives_with_its_fields()
    {
        Log.Banned("203.0.113.7", "auth", "2026-01-01T00:00:00Z", failures: 5, earlierBans: 1);

        var entry = _journal.Receive();
        Assert.Equal("Banned 203.0.113.7 in jail auth until 2026-01-01T00:00:00Z (5 failures, 1 earlier bans)", entry["MESSAGE"]);
        Assert.Equal("4", entry["PRIORITY"]);
        Assert.Equal("fileuploader-web", entry["SYSLOG_IDENTIFIER"]);
        Assert.Equal(MessageIds.Of(30), entry["MESSAGE_ID"]);
        Assert.Equal("Banned", entry["UPLOADER_EVENT"]);
        Assert.Equal("Uploader.Tests", entry["LOGGER"]);
        Assert.Equal("203.0.113.7", entry["UPLOADER_CLIENT"]);
        Assert.Equal("1", entry["UPLOADER_EARLIER_BANS"]);
        Assert.Null(entry.Seals);
        Assert.All(entry.Fields, f => Assert.Matches("^[A-Z][A-Z0-9_]{0,63}$", f.Key));
    }

    [Theory]
    [InlineData(LogLevel.Critical, "2")]
    [InlineData(LogLevel.Error, "3")]
    [InlineData(LogLevel.Warning, "4")]
    [InlineData(LogLevel.Information, "6")]
    [InlineData(LogLevel.Debug, "7")]
    [InlineData(LogLevel.Trace, "7")]
    public void The_level_is_the_priority(LogLevel level, string priority)
    {
        Log.DiskLevelChanged(level, "/uploads", "Normal", "Warn", 1, 2, 3, 4);

        Assert.Equal(priority, _journal.Receive()["PRIORITY"]);
    }

    [Fact]
    public void An_exception_is_told_in_full()
    {
        Log.JobFailed("ban-sweep", new InvalidOperationException("line one\nPRIORITY=0"));

        var entry = _journal.Receive();
        Assert.Equal("System.InvalidOperationException", entry["EXCEPTION_TYPE"]);
        Assert.Equal("System.InvalidOperationException: line one\nPRIORITY=0", entry["EXCEPTION"]);
        Assert.Equal("3", entry["PRIORITY"]);
    }

    [Fact]
    public void The_number_of_somebody_elses_event_is_not_one_of_the_catalogue()
    {
        // Kestrel's "Now listening on" has the number of our RefusalsNotLogged.
        _provider.CreateLogger("Microsoft.Hosting.Lifetime").LogInformation(new EventId(14, "ListeningOnAddress"), "Now listening");

        var entry = _journal.Receive();
        Assert.False(entry.Has("MESSAGE_ID"));
        Assert.Equal("ListeningOnAddress", entry["UPLOADER_EVENT"]);
    }

    [Theory]
    [InlineData("evil\n<0>MESSAGE=root logged in")]
    [InlineData("evil\nPRIORITY=0\nMESSAGE=x\n\nMESSAGE=second entry\n")]
    [InlineData("\n")]
    [InlineData("=")]
    [InlineData("nul\0nul")]
    [InlineData("\u202egnp.exe")]
    [InlineData("\u001b[31m")]
    [InlineData("")]
    public void No_value_forges_a_field_or_a_line(string name)
    {
        Log.Unbanned(name, "auth", "by hand");

        var entry = _journal.Receive();
        Assert.Equal(name, entry["UPLOADER_CLIENT"]);
        Assert.DoesNotContain(entry["MESSAGE"], char.IsControl);
        Assert.DoesNotContain('\u202e', entry["MESSAGE"]);
        Assert.Equal(
            ["LOGGER", "MESSAGE", "MESSAGE_ID", "PRIORITY", "SYSLOG_FACILITY", "SYSLOG_IDENTIFIER", "UPLOADER_CLIENT", "UPLOADER_EVENT", "UPLOADER_JAIL", "UPLOADER_LOGGED_AT", "UPLOADER_REASON"],
            entry.OwnNames);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_replaced()
    {
        Log.Unbanned("\ud800x", "auth", "by hand");

        Assert.Equal("\ufffdx", _journal.Receive()["UPLOADER_CLIENT"]);
    }

    [Fact]
    public void A_value_with_a_newline_goes_with_its_length_before_it()
    {
        Log.Unbanned("a\nb", "auth", "by hand");

        var bytes = _journal.Receive().Bytes;
        Assert.True(bytes.AsSpan().IndexOf("UPLOADER_CLIENT\n\u0003\0\0\0\0\0\0\0a\nb\n"u8) > 0);
        Assert.True(bytes.AsSpan().IndexOf("UPLOADER_JAIL=auth\n"u8) > 0);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("ü")]
    [InlineData("漢")]
    [InlineData("🙂")]
    public void A_value_is_cut_at_64_KiB_between_characters(string letter)
    {
        Log.Unbanned(string.Concat(Enumerable.Repeat(letter, 100_000)), "auth", "by hand");

        var value = _journal.Receive()["UPLOADER_CLIENT"];
        Assert.InRange(Encoding.UTF8.GetByteCount(value), (64 * 1024) - 4, 64 * 1024);
        Assert.EndsWith(letter + "…", value, StringComparison.Ordinal);
        Assert.DoesNotContain('\ufffd', value);
    }

    [Fact]
    public void An_entry_too_large_for_a_datagram_comes_as_sealed_memory()
    {
        var large = new string('x', 60_000);
        Log.DriftNotRepaired(large, large, large, large); // The sentence holds all four again, cut at 64 KiB: more than a socket's 208 KiB.

        var entry = _journal.Receive();
        Assert.Equal(FullySealed, entry.Seals);
        Assert.Equal(large, entry["UPLOADER_PATH"]);
        Assert.Equal(large, entry["UPLOADER_REASON"]);
    }

    [Fact]
    public void A_logger_waits_for_nobody_and_what_does_not_fit_is_counted()
    {
        const int Logged = 20_000;
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Logged; i++)
        {
            Log.BansCatchUp(i); // Nobody reads: the socket's own queue is full after a few.
        }

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"took {watch.Elapsed}");

        var received = 0L;
        var reported = 0L;
        while (received + reported < Logged)
        {
            var entry = _journal.Receive();
            if (entry["UPLOADER_EVENT"] != nameof(Events.LogEventsDropped))
            {
                received++;
                continue;
            }

            Assert.Equal(0, reported); // Once: nothing is lost after the queue has room again.
            reported = long.Parse(entry["UPLOADER_COUNT"]);
            Assert.Equal(MessageIds.Of(5), entry["MESSAGE_ID"]);
        }

        Assert.Equal(Logged, received + reported);
        Assert.InRange(received, JournalSink.MostEvents, JournalSink.MostEvents + 2_000);
    }

    [Fact]
    public void The_queue_is_bounded_in_bytes_too()
    {
        using var sink = new JournalSink("test", "/nonexistent/socket");
        using var serilog = new LoggerConfiguration().WriteTo.Sink(sink).CreateLogger();
        var name = new string('x', 60_000); // About 120 kB an entry: in the field and in the sentence.

        for (var i = 0; i < 300; i++)
        {
            serilog.Information("{Name}", name);
        }

        Assert.InRange(sink.Dropped, 300 - (JournalSink.MostBytes / 120_000) - 2, 299);
    }

    [Fact]
    public void What_is_logged_while_the_journal_is_away_arrives_when_it_is_back()
    {
        Log.BansCatchUp(1);
        Assert.Equal("1", _journal.Receive()["UPLOADER_ACTIVE"]);

        _journal.Vanish();
        Log.BansCatchUp(2);
        Log.BansCatchUp(3);
        _journal.Open();

        Assert.Equal("2", _journal.Receive()["UPLOADER_ACTIVE"]);
        Assert.Equal("3", _journal.Receive()["UPLOADER_ACTIVE"]);
    }

    [Fact]
    public async Task Ending_flushes_what_is_queued()
    {
        const int Logged = 200;
        for (var i = 0; i < Logged; i++)
        {
            Log.BansCatchUp(i);
        }

        var reader = Task.Run(() => Enumerable.Range(0, Logged).Select(_ => _journal.Receive()["UPLOADER_ACTIVE"]).ToList());
        _serilog.Dispose();

        Assert.Equal(Enumerable.Range(0, Logged).Select(i => i.ToString()), await reader);
    }

    [Fact]
    public void Ending_does_not_wait_for_ever()
    {
        for (var i = 0; i < 5_000; i++)
        {
            Log.BansCatchUp(i);
        }

        var watch = Stopwatch.StartNew();
        _serilog.Dispose();

        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(4));
    }

    private Microsoft.Extensions.Logging.ILogger Log => _provider.CreateLogger("Uploader.Tests");
}
