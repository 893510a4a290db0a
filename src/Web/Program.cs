using Uploader.Shared.Configuration;
using Uploader.Web;

return await Launch.Run(WebProcess.Name, args, async options =>
{
    await using var web = WebProcess.Build(options);
    await web.RunAsync();
});
