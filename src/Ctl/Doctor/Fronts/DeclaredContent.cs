using System.Net;

namespace Uploader.Ctl.Doctor.Fronts;

/// <summary>A body that is only declared: the server is asked first whether it wants it, and never gets it.</summary>
internal sealed class DeclaredContent(long length) : HttpContent
{
    /// <summary>The server said 100.</summary>
    public bool WasWanted { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        WasWanted = true;
        throw new IOException("There is no body.");
    }

    protected override bool TryComputeLength(out long computed)
    {
        computed = length;
        return true;
    }
}
