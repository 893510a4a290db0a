using Microsoft.Extensions.Hosting;
using Uploader.Shared.Configuration;
using Uploader.Worker;

return await Launch.Run(
    WorkerProcess.Name,
    args,
    async options =>
    {
        using var worker = WorkerProcess.Build(options);
        await worker.RunAsync();
    },
    options => Schedule.FindingsIn(options.Schedule, TimeProvider.System.GetUtcNow()));
