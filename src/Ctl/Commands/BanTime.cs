using Uploader.Shared.Configuration;

namespace Uploader.Ctl.Commands;

/// <summary>How long a ban by hand shall last.</summary>
/// <param name="Length">Null is for ever.</param>
internal readonly record struct BanTime(TimeSpan? Length)
{
    public static BanTime Forever => new(null);

    /// <summary><c>10m</c>, <c>1d</c>, and for ever as fail2ban writes it, <c>-1</c>, or in words.</summary>
    public static bool TryParse(string text, out BanTime time)
    {
        time = Forever;
        if (text is "-1" or "forever")
            return true;
        var isRight = Duration.TryParse(text, out var length) && length > TimeSpan.Zero;
        time = new(length);
        return isRight;
    }
}
