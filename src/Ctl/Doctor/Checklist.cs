using Uploader.Ctl.Doctor.Checks;

namespace Uploader.Ctl.Doctor;

/// <summary>Checks that belong together.</summary>
internal sealed record Group(string Title, params IReadOnlyList<Check> Checks);

/// <summary>Everything the doctor looks at, in order: the article's final checklist first, then the rest of the hardening.</summary>
internal static class Checklist
{
    public static IReadOnlyList<Group> Groups { get; } =
    [
        new("The article's checklist",
            NotRoot.Check,
            CodePlace.Check,
            UploadsModes.Check,
            ScriptTypesDenied.Check,
            TypeLimits.Check,
            SizeLimits.Check,
            KeyRequired.Check,
            WorkerAlive.Check,
            JobsFresh.Check,
            DiskHeadroom.Check,
            RateLimits.Front,
            RateLimits.Service),
        new("The way in and out",
            FrontFound.Check,
            FrontTls.Check,
            BodyLimit.Check,
            UploadStored.Address,
            ServedAsAttachment.Check),
        new("The store",
            UploadStored.Check,
            UploadsMount.Check,
            Attributes.Check),
        new("The service",
            Configuration.Check,
            KeysInForce.Check,
            KeyFileModes.Check,
            NoKeyInEnvironment.Check,
            NoKeyInLogs.Check,
            LedgerReadable.Check,
            LedgerModes.Check,
            Sockets.Check,
            Sandbox.Web,
            Sandbox.Worker,
            Sandbox.Socket,
            SandboxInForce.Check,
            VirusScanner.Check),
        new("The host",
            JournalReachable.Check,
            Clock.Check),
    ];

    public static IEnumerable<Check> All => Groups.SelectMany(group => group.Checks);
}
