namespace Uploader.Ctl.Doctor;

/// <summary>What the operator said on the command line.</summary>
/// <param name="Front">The address of the web server in front; null: found from its configuration.</param>
/// <param name="KeyFile">A file that holds a key to send with; null: a key for two minutes is made.</param>
/// <param name="MaySend">Without <c>--no-send</c>.</param>
/// <param name="IsStrict">Warnings fail as well.</param>
internal sealed record Wishes(Uri? Front = null, string? KeyFile = null, bool MaySend = true, bool IsStrict = false);
