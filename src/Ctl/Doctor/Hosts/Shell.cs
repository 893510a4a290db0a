namespace Uploader.Ctl.Doctor.Hosts;

/// <summary>Words for a shell, in commands that an operator copies.</summary>
internal static class Shell
{
    private const string Plain = "/._-=:,@%+";

    public static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || Plain.Contains(c)) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
