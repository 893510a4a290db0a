using Uploader.Shared.Configuration;
using Uploader.Web;
using Uploader.Web.Authentication;

if (args is ["--new-key", var name])
    return NewKey.Print(name);

return await Launch.Run(WebProcess.Name, args, async options =>
{
    await using var web = WebProcess.Build(options);
    await web.RunAsync();
});
