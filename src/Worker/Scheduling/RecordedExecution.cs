using Microsoft.Extensions.Logging;
using Quartz;
using Uploader.Shared.Journal;

namespace Uploader.Worker.Scheduling;

/// <summary>Stands round every run of every job: remembers it, and logs its failure once, so that it runs again at its next time.</summary>
internal sealed class RecordedExecution(JobRuns runs, ILogger<RecordedExecution> log) : IJobExecutionMiddleware
{
    public async ValueTask Invoke(IJobExecutionContext context, JobExecutionDelegate next, CancellationToken cancellationToken = default)
    {
        var job = context.JobDetail.Key.Name;
        var outcome = JobOutcome.Done;
        runs.Start(job);
        try
        {
            await next(context, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            outcome = JobOutcome.Stopped;
        }
        catch (Exception e)
        {
            // The edge of the job. Quartz would log it a second time and in its own words.
            outcome = JobOutcome.Failed;
            log.JobFailed(job, e);
        }
        finally
        {
            runs.End(job, outcome);
        }
    }
}
