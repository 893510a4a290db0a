using Uploader.Ctl.Doctor.Fronts;

namespace Uploader.Ctl.Doctor.Checks;

/// <summary>Keys travel encrypted.</summary>
internal static class FrontTls
{
    public static Check Check { get; } = Check.Of("front-tls", "The server in front takes uploads by TLS only", "the addresses of its sites that pass uploads on", Look);

    private static async Task<Diagnosis> Look(Examination examination, CancellationToken cancellation) => Judge(await examination.Asking.Fronts(cancellation));

    internal static Diagnosis Judge(IReadOnlyList<FrontServer> fronts)
    {
        if (fronts.Count == 0)
            return Diagnosis.NotMade("no web server in front was found", "uploaderctl doctor --front https://NAME");
        return fronts.FirstOrDefault(front => !front.IsTls) is { } plain
            ? Diagnosis.Warn(
                $"{plain} takes uploads, and the keys with them, in clear",
                $"# take the snippet out of that site; a site with TLS to start from: /usr/share/doc/uploader/examples/{(plain.Kind == FrontKind.Apache ? "apache" : "nginx")}/example-site.conf")
            : Diagnosis.Pass(string.Join(", ", fronts.Select(front => front.ToString()).Distinct()));
    }
}
