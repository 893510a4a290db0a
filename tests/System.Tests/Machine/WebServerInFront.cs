using Support;

namespace System.Tests.Machine;

/// <summary>What the tests need to know of the web server in front, whichever it is.</summary>
public abstract class WebServerInFront : InstalledMachine
{
    private string? _shipped;

    /// <summary>How its configuration says where the service is: by TCP …</summary>
    public abstract string ByTcp { get; }

    /// <summary>… and as the package ships it.</summary>
    public abstract string ByUnixSocket { get; }

    public abstract string AccessLog { get; }

    protected abstract string Unit { get; }

    protected abstract string UpstreamFile { get; }

    /// <summary>Restarted and not reloaded, so that no old worker process answers once more.</summary>
    public async Task ReachTheServiceBy(string way)
    {
        _shipped ??= Machine.Read(UpstreamFile);
        Machine.Write(UpstreamFile, _shipped.ReplaceOnce(ByUnixSocket, way));
        // So many starts in so short a time are a fault to systemd, and none here.
        await Machine.Must($"systemctl reset-failed {Unit}; systemctl restart {Unit}");
    }
}
