using Uploader.Ctl;
using Uploader.Ctl.Terminals;

return await new Uploaderctl(Terminal.OfThisProcess(), TimeProvider.System).Run(args);
