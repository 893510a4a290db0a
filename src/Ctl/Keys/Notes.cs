namespace Uploader.Ctl.Keys;

/// <summary>What several of the commands for keys have to say, in the same words.</summary>
internal static class Notes
{
    /// <summary>Not "it is in force": nothing was asked of the web process.</summary>
    public const string TakenOver = "A running web process reads the file within a second and says so in the journal.";

    public const string NoKeyIsLeft = "no key is left that is in force: every upload is refused. 'uploaderctl keys new NAME' makes one";

    public static string NoSuchName(string name, string file) => $"there is no key '{name}' in {file}";
}
