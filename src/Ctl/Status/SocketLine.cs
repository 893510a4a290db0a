using Uploader.Ctl.Doctor.Hosts;

namespace Uploader.Ctl.Status;

/// <summary>The way in, which systemd keeps open while the web process is away.</summary>
/// <param name="State">Listening, or what systemd says instead: inactive, failed.</param>
/// <param name="Since">When it began to listen.</param>
internal sealed record SocketLine(string Name, string State, string[] Listens, DateTimeOffset? Since)
{
    public const string Listening = "listening";

    public bool IsListening => State == Listening;

    /// <returns>Null where systemd has no such unit: the web process listens by itself.</returns>
    public static SocketLine? Of(Unit? unit) => unit is { IsLoaded: true }
        ? new(unit.Name, unit.IsActive ? Listening : unit.Of("ActiveState"), [.. unit.Listens], unit.IsActive ? unit.TimeOf("ActiveEnterTimestamp") : null)
        : null;
}
