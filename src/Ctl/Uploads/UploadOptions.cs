using System.CommandLine;
using Uploader.Ctl.Commands;
using Uploader.Shared.Addresses;

namespace Uploader.Ctl.Uploads;

/// <summary>The options by which uploads are selected.</summary>
internal sealed class UploadOptions
{
    private readonly Option<string?> _since = Since.Option("Only uploads");
    private readonly Option<string?> _key = new("--key") { Description = "Only uploads with the key of that name.", HelpName = "NAME" };
    private readonly Option<string?> _type = new("--type") { Description = "Only uploads of that type: image/png, image/*, or the extension png.", HelpName = "TYPE" };
    private readonly Option<Cidr?> _from = new("--from")
    {
        Description = "Only uploads from that address, or from that range (CIDR).",
        HelpName = "ADDRESS",
        CustomParser = Words.RangeOrNone,
    };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_since, _key, _type, _from])
            command.Add(option);
    }

    /// <exception cref="NotDoneException">One of them makes no sense.</exception>
    public UploadSelection Read(Session session, ParseResult words) => new()
    {
        Since = Since.Of(words.GetValue(_since), session.Now),
        Key = words.GetValue(_key),
        Type = words.GetValue(_type),
        From = words.GetValue(_from),
    };
}
