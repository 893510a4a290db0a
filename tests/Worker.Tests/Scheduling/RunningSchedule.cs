using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;
using Uploader.Shared.Configuration;
using Uploader.Worker.Scheduling;

namespace Worker.Tests.Scheduling;

/// <summary>A real host with a real Quartz schedule of one small job and an idle one.</summary>
internal sealed class RunningSchedule : IAsyncDisposable
{
    public const string Job = "job";

    private readonly IHost _host;

    private RunningSchedule(IHost host) => _host = host;

    public required ProbeWork Work { get; init; }

    public required LoggedEvents Events { get; init; }

    public required SteppedTime Time { get; init; }

    public JobRuns Runs => _host.Services.GetRequiredService<JobRuns>();

    public StallWatch StallWatch => _host.Services.GetRequiredService<StallWatch>();

    public static async Task<RunningSchedule> Of(
        string recurrence, Func<CancellationToken, Task>? work = null, TimeSpan? patience = null)
    {
        var probe = new ProbeWork(work ?? (_ => Task.CompletedTask));
        var events = new LoggedEvents();
        var time = new SteppedTime();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders().AddProvider(events);
        builder.Services.AddSingleton(probe);
        builder.Services.AddSchedule(
            [
                new ScheduledJob(Job, typeof(ProbeJob), Recurrence.Parse(recurrence), patience ?? TimeSpan.FromMinutes(1)),
                // Room for a second run at once, should anything allow one: the thread pool has a place for each job.
                new ScheduledJob("idle", typeof(IdleJob), Recurrence.Parse("1d"), TimeSpan.FromMinutes(1)),
            ],
            time);
        var schedule = new RunningSchedule(builder.Build()) { Work = probe, Events = events, Time = time };
        await schedule._host.StartAsync(TestContext.Current.CancellationToken);
        return schedule;
    }

    /// <summary>As an operator's tool might, beside the schedule.</summary>
    public async Task Trigger() => await (await _host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler()).TriggerJob(new JobKey(Job));

    public Task Stop() => _host.StopAsync();

    public async Task Runs_at_least(int times, TimeSpan? within = null) =>
        await Eventually(() => Work.Ended >= times, $"{times} runs, had {Work.Ended}", within);

    public static async Task Eventually(Func<bool> condition, string what, TimeSpan? within = null)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < (within ?? TimeSpan.FromSeconds(10)), $"not in time: {what}");
            await Task.Delay(10);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}

/// <summary>What the job of a test does, and what was seen of its runs.</summary>
internal sealed class ProbeWork(Func<CancellationToken, Task> work)
{
    private int _atOnce;
    private int _started;
    private int _ended;
    private int _mostAtOnce;

    public int Started => Volatile.Read(ref _started);

    public int Ended => Volatile.Read(ref _ended);

    public int MostAtOnce => Volatile.Read(ref _mostAtOnce);

    public async Task Run(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _started);
        _mostAtOnce = Math.Max(_mostAtOnce, Interlocked.Increment(ref _atOnce));
        try
        {
            await work(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _atOnce);
            Interlocked.Increment(ref _ended);
        }
    }
}

internal sealed class ProbeJob(ProbeWork work) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await work.Run(cancellationToken);
}

internal sealed class IdleJob : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
}

/// <summary>Keeps what was logged from Warning on, with the name of the event.</summary>
internal sealed class LoggedEvents : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(string Event, string Sentence)> _all = new();

    public IReadOnlyCollection<(string Event, string Sentence)> All => _all;

    public int Count(string name) => _all.Count(e => e.Event == name);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            _all.Enqueue((eventId.Name ?? "", formatter(state, exception)));
        }
    }

    public void Dispose()
    {
    }
}
