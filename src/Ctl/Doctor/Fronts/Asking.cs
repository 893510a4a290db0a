using System.Net;
using System.Net.Sockets;
using Uploader.Ctl.Doctor.Hosts;
using Uploader.Shared.Addresses;

namespace Uploader.Ctl.Doctor.Fronts;

/// <summary>Whom the doctor asks, and with what key: found out once, when the first check asks, and taken back at the end.</summary>
internal sealed class Asking(Examination examination) : IDisposable
{
    private static readonly TimeSpan KeyPatience = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private IReadOnlyList<FrontServer>? _fronts;
    private Conversation? _conversation;
    private Conversation? _service;
    private ProbeKey? _key;
    private Diagnosis? _noKey;

    public Requests Requests { get; } = new(examination.Options.Web.PathBase + "/upload");

    /// <summary>The one that is asked.</summary>
    public FrontServer Front => _fronts![0];

    /// <summary>With <see cref="Front"/>, once a check is <see cref="Ready"/>.</summary>
    public Conversation ThroughFront => _conversation!;

    public string Key => _key!.Value;

    public async Task<IReadOnlyList<FrontServer>> Fronts(CancellationToken cancellation) => _fronts ??= examination.Wishes.Front is { } named
        ? [examination.Wishes.MaySend ? await FrontSearch.Named(named, Requests, examination.Session.Time, cancellation) : FrontServer.At(named)]
        : await FrontSearch.Find(Requests.Path, cancellation);

    /// <summary>What keeps a check from asking; null when nothing does.</summary>
    /// <param name="withKey">It sends uploads.</param>
    /// <param name="mayFail">It provokes refusals that count.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public async Task<Diagnosis?> Ready(bool withKey, bool mayFail, CancellationToken cancellation)
    {
        if ((await Fronts(cancellation)).Count == 0)
            return Diagnosis.NotMade("no web server in front was found", "uploaderctl doctor --front https://NAME");
        _conversation ??= Conversation.With(Front, examination.Session.Time);
        // Whoever made this host a client like others, by Bans:IgnoreIp and Proxies:Trusted, would have the doctor ban it.
        if ((mayFail || withKey) && !MayFail(Front.Connect.Address))
            return WouldBeBanned(Front.Connect.Address);
        return withKey ? await KeyInForce(cancellation) : null;
    }

    /// <summary>The service itself, without the server in front.</summary>
    public async Task<Conversation> Service(CancellationToken cancellation) => _service ??= Conversation.With(await EndOfService(cancellation), examination.Session.Time);

    /// <summary>Whether failures from there are never counted towards a ban.</summary>
    public bool MayFail(IPAddress from) => examination.Options.NeverBanned.Contains(Cidr.Of(from));

    public static Diagnosis WouldBeBanned(IPAddress from) => Diagnosis.NotMade(
        $"what it takes to ask counts towards a ban of {from}, which is in neither Bans:IgnoreIp nor Proxies:Trusted",
        $"# add {from} to Bans:IgnoreIp in the configuration");

    public void Dispose()
    {
        _key?.Dispose();
        _conversation?.Dispose();
        _service?.Dispose();
    }

    private async Task<EndPoint> EndOfService(CancellationToken cancellation)
    {
        var socket = await examination.Unit(Unit.Socket, cancellation);
        var path = socket?.Listens.FirstOrDefault(listen => listen.StartsWith('/') && File.Exists(listen));
        return path is null ? examination.Options.Web.Listen : new UnixDomainSocketEndPoint(path);
    }

    private async Task<Diagnosis?> KeyInForce(CancellationToken cancellation)
    {
        if (_key is not null || _noKey is not null)
            return _noKey;
        var given = examination.Wishes.KeyFile;
        if (given is null && !File.Exists(examination.Options.Auth.KeyFile))
            return _noKey = Diagnosis.NotMade($"there is no key file {examination.Options.Auth.KeyFile} to put a key into", "uploaderctl keys new NAME");
        _key = given is null ? await ProbeKey.Make(examination.Options.Auth.KeyFile, Front.Connect.Address, examination.Session.Now, cancellation) : ProbeKey.Given(given);
        return _noKey = await Judge(given is not null, cancellation);
    }

    private async Task<Diagnosis?> Judge(bool isGiven, CancellationToken cancellation)
    {
        var (time, began) = (examination.Session.Time, examination.Session.Time.GetTimestamp());
        while (true)
        {
            var reply = await ThroughFront.Ask(() => Requests.Empty(Key), cancellation);
            if (reply.Status is 400)
                return null;
            if (reply.Status is not 401)
                return Diagnosis.NotMade($"{Front} answers an empty upload with {reply.Said}", Unit.LookAt(Unit.Web));
            if (isGiven || time.GetElapsedTime(began) > KeyPatience)
            {
                return isGiven
                    ? Diagnosis.NotMade("the key that was given is not in force", "uploaderctl doctor")
                    : Diagnosis.Fail("the service does not take a key that stands in its key file", $"systemctl restart {Unit.Web}");
            }

            await Task.Delay(Pause, time, cancellation);
        }
    }
}
