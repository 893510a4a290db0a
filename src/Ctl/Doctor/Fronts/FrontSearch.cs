using Uploader.Ctl.Doctor.Hosts;

namespace Uploader.Ctl.Doctor.Fronts;

/// <summary>Finds the web server in front by the configuration of those that run.</summary>
internal static class FrontSearch
{
    /// <summary>All sites that pass uploads on: those of a server that runs come first, then those with TLS.</summary>
    public static async Task<IReadOnlyList<FrontServer>> Find(string uploadPath, CancellationToken cancellation)
    {
        var found = new List<(FrontServer Front, bool Runs)>();
        foreach (var (unit, search) in ((string, Func<string, CancellationToken, Task<IReadOnlyList<FrontServer>>>)[])[("nginx.service", OfNginx), ("apache2.service", OfApache)])
        {
            if (await Unit.Ask(unit, cancellation) is { IsLoaded: true } server)
                found.AddRange((await search(uploadPath, cancellation)).Select(front => (front, server.IsActive)));
        }

        var one = found.Exists(front => front.Runs);
        return [.. found.Where(front => front.Runs == one).Select(front => front.Front).OrderByDescending(front => front.IsTls)];
    }

    /// <summary>The one that was named: as its configuration has it, or else by what it calls itself in its answers.</summary>
    public static async Task<FrontServer> Named(Uri address, Requests requests, TimeProvider time, CancellationToken cancellation)
    {
        if ((await Find(requests.Path, cancellation)).FirstOrDefault(front => Uri.Compare(
            front.Address, address, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0) is { } configured)
        {
            return configured;
        }

        var front = FrontServer.At(address);
        using var conversation = Conversation.With(front, time);
        var server = (await conversation.Ask(requests.Nothing, cancellation)).Header("Server");
        return front with { Kind = server.StartsWith("nginx", StringComparison.Ordinal) ? FrontKind.Nginx : server.StartsWith("Apache", StringComparison.Ordinal) ? FrontKind.Apache : FrontKind.Unknown };
    }

    private static async Task<IReadOnlyList<FrontServer>> OfNginx(string path, CancellationToken cancellation) =>
        await Programs.Run("nginx", ["-T"], cancellation) is { Status: 0 } dump ? NginxConfiguration.Fronts(dump.Output, path) : [];

    private static Task<IReadOnlyList<FrontServer>> OfApache(string path, CancellationToken cancellation) => Task.FromResult(
        File.Exists(Path.Join(ApacheConfiguration.DebianRoot, "apache2.conf")) ? ApacheConfiguration.OfThisHost().Fronts(path) : []);
}
