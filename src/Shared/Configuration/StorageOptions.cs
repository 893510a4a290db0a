using Uploader.Shared.Storage;

namespace Uploader.Shared.Configuration;

/// <summary>Where accepted files are kept and whose they are.</summary>
internal sealed record StorageOptions
{
    public string Root { get; init; } = "/uploads";

    /// <summary>User name or number; empty is the user the process runs as.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Group name or number.</summary>
    public string Group { get; init; } = "www-data";

    public Durability Durability { get; init; } = Durability.Full;

    public static StorageOptions Read(SettingsReader section)
    {
        var defaults = new StorageOptions();
        var options = new StorageOptions
        {
            Root = section.Read("Root", defaults.Root, Syntax.AbsolutePath, "The directory of accepted files, as `yyyy/MM/dd/<id>.<ext>`; staging is `.incoming` in it."),
            Owner = section.Read("Owner", defaults.Owner, Syntax.Text, "The user that files and directories must belong to, by name or number; empty: the user the process runs as."),
            Group = section.Read("Group", defaults.Group, Syntax.Text, "The group that may read them: the web server's, by name or number."),
            Durability = section.Read("Durability", defaults.Durability, Syntax.OneOf<Durability>(), "`Full`: 201 means on the disk. `None`: no fsync; a power cut may lose what was acknowledged in the last seconds."),
        };

        section.Require(options.Owner is "" || Accounts.FindUser(options.Owner) is not null, "Owner", options.Owner, "there is no such user on this system");
        section.Require(Accounts.FindGroup(options.Group) is not null, "Group", options.Group, "there is no such group on this system");
        return options;
    }
}
