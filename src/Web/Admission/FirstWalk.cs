using Uploader.Shared.Storage;

namespace Uploader.Web.Admission;

/// <summary>Measures the uploads directory once at start: what the worker measured before does not know what the process before this one committed after.</summary>
internal sealed class FirstWalk(string root, DiskGauge gauge) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(
        () =>
        {
            var started = TimeProvider.System.GetTimestamp();
            gauge.Apply(TreeWalk.Measure(root, stoppingToken).UsedBytes, started);
        },
        stoppingToken);
}
