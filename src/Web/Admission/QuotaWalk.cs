using Uploader.Shared.Journal;
using Uploader.Shared.Storage;

namespace Uploader.Web.Admission;

/// <summary>Sums what was stored today, by key, when the quotas have to know: once a process as a rule, and never while no key has a quota.</summary>
internal sealed class QuotaWalk(string root, QuotaGate quotas, TimeProvider time, ILogger<QuotaWalk> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private string? _trouble;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in quotas.Wanted.ReadAllAsync(stoppingToken))
        {
            while (!await Task.Run(() => TryMeasure(stoppingToken), stoppingToken))
                await Task.Delay(Pause, time, stoppingToken);
        }
    }

    private bool TryMeasure(CancellationToken stoppingToken)
    {
        try
        {
            var day = quotas.BeginMeasuring();
            quotas.Measured(day, DayUsage.ByKey(root, day, stoppingToken));
            _trouble = null;
            return true;
        }
        catch (PosixException e)
        {
            if (_trouble != e.Message)
                logger.QuotasNotMeasured(DisplayPath.Of(root), e.Message);
            _trouble = e.Message;
            return false;
        }
    }
}
