namespace Uploader.Shared.Systemd;

/// <summary>Whether systemd opened sockets for this process (sd_listen_fds(3)).</summary>
internal static class SocketActivation
{
    public static bool IsOurs =>
        Environment.GetEnvironmentVariable("LISTEN_PID") == Environment.ProcessId.ToString()
        && int.TryParse(Environment.GetEnvironmentVariable("LISTEN_FDS"), out var sockets)
        && sockets > 0;
}
