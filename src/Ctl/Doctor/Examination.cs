using Uploader.Ctl.Commands;
using Uploader.Ctl.Doctor.Fronts;
using Uploader.Ctl.Doctor.Hosts;
using Uploader.Shared.Configuration;
using Uploader.Shared.Storage;
using Finding = Uploader.Shared.Configuration.Finding;

namespace Uploader.Ctl.Doctor;

/// <summary>One run of the doctor: what several checks look at is looked at once, and what was put there is taken away at the end.</summary>
internal sealed class Examination : IDisposable
{
    private const string UsualUser = "fileuploader";

    private readonly Dictionary<string, Task<Unit?>> _units = new(StringComparer.Ordinal);
    private (WalkReport Report, DriftList Drift)? _walk;

    public Examination(Session session, Wishes wishes)
    {
        (Session, Wishes) = (session, wishes);
        Findings = session.ReadOptions(out var options);
        Options = options;
        Started = session.Now;
        Asking = new Asking(this);
    }

    public Session Session { get; }

    public Wishes Wishes { get; }

    /// <summary>What is wrong in it is its default: see <see cref="Findings"/>.</summary>
    public UploaderOptions Options { get; }

    public IReadOnlyList<Finding> Findings { get; }

    public DateTimeOffset Started { get; }

    public Asking Asking { get; }

    public static bool IsRoot => Environment.IsPrivilegedProcess;

    public string Root => Options.Storage.Root;

    /// <returns>Null when no systemd answers.</returns>
    public Task<Unit?> Unit(string name, CancellationToken cancellation)
    {
        if (!_units.TryGetValue(name, out var asked))
            _units[name] = asked = Hosts.Unit.Ask(name, cancellation);
        return asked;
    }

    /// <summary>The user that the service runs as, or should run as: never root.</summary>
    public async Task<string> ServiceUser(CancellationToken cancellation)
    {
        if (Options.Storage.Owner.Length > 0)
            return Options.Storage.Owner;
        return await Unit(Hosts.Unit.Worker, cancellation) is { User: not ("" or "root" or "0") } worker ? worker.User : UsualUser;
    }

    /// <returns>Null when there is no such user or group.</returns>
    public async Task<WantedPermissions?> Wanted(CancellationToken cancellation) =>
        Accounts.FindUser(await ServiceUser(cancellation)) is { } user && Accounts.FindGroup(Options.Storage.Group) is { } group ? new(user, group) : null;

    /// <summary>The walk over everything below the root.</summary>
    public (WalkReport Report, DriftList Drift) Walk(WantedPermissions wanted, CancellationToken cancellation)
    {
        if (_walk is { } done)
            return done;
        var drift = new DriftList(most: 20);
        _walk = (TreeWalk.Run(Root, wanted, drift, cancellation), drift);
        return _walk.Value;
    }

    public void Dispose() => Asking.Dispose();
}
