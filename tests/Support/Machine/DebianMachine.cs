using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Support.Machine;

/// <summary>
/// A throw-away Debian 12 with real systemd, for one test or one class; it needs root.
/// <code>
/// await using var machine = await DebianMachine.Boot();                  // a second; the base tree is built at first use
/// var ran = await machine.Run("systemctl", "status", "nginx");           // exit code, output, complaint
/// var ids = await machine.Must("journalctl -o json | head -1");          // a shell's output; anything but exit code 0 fails the test
/// machine.Write("/etc/nginx/sites-available/x", text, 0b110_100_100); machine.Read(path); machine.Copy(hostFile, path);
/// File.Exists(machine.PathOf("/uploads/2026/…"))                         // the machine's files, seen from here
/// await machine.Install("artifacts/uploader_0.1.0_amd64.deb");           // apt-get install ./x.deb, without a network
/// await machine.Curl("198.51.100.7", "http://192.0.2.1/…");              // the real curl, outside, from that address
/// using var client = machine.NewClient("2001:db8:c::7");                 // the same as an HttpClient; NewInsider() is one on the machine itself
/// await machine.Reboot();                                                // files stay, /run and processes do not
/// </code>
/// The machine is 192.0.2.1 and 2001:db8::1. Clients may have any address of 198.51.100.0/24, 203.0.113.0/24 and 2001:db8:c::/48.
/// nginx and Apache are installed and switched off. Inside, nothing else can be reached.
/// </summary>
public sealed class DebianMachine : IAsyncDisposable
{
    public const string Address = "192.0.2.1";
    public const string AddressV6 = "2001:db8::1";

    private static readonly TimeSpan BootLimit = TimeSpan.FromSeconds(60);

    private readonly Scratch _folder = new();
    private readonly Child _script;
    private int _leader;

    private DebianMachine(string tree)
        => _script = Child.Start(
            Checkout.Of("tests", "Support", "Machine", "boot"),
            [tree, _folder.Path, $"uploader-test-{RandomNumberGenerator.GetHexString(8, lowercase: true)}"]);

    /// <summary>How long the last boot took.</summary>
    public TimeSpan BootTime { get; private set; }

    /// <summary>Process 1 of the world around the machine: what runs in its network is a client.</summary>
    private int Outside => Processes.Below(_script.Id).First(process => Processes.Numbers(process) is [_, "1"]);

    /// <summary>A running machine: everything is started that starts by itself.</summary>
    public static async Task<DebianMachine> Boot()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            throw new InvalidOperationException("A machine takes root: mounts, namespaces, systemd-nspawn");
        }

        var machine = new DebianMachine(await BaseTree.Path);
        try
        {
            await machine.Runs();
            return machine;
        }
        catch
        {
            await machine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a program as root to its end.</summary>
    public async Task<Ran> Run(string program, params IReadOnlyList<string> arguments)
    {
        await using var child = Start(program, arguments);
        var exitCode = await child.Exit(TimeSpan.FromMinutes(3));
        return new Ran(exitCode, child.StandardOutput, child.StandardError);
    }

    /// <summary>Runs a shell's script as root.</summary>
    public Task<Ran> Shell(string script) => Run("bash", "-c", script);

    /// <summary>What a shell's script writes, without the last line's end. Any other exit code than 0 fails with all that was written.</summary>
    public async Task<string> Must(string script)
    {
        var ran = await Shell("set -euo pipefail\n" + script);
        return ran.ExitCode == 0 ? ran.Output.TrimEnd('\n') : throw new InvalidOperationException($"{script}\n{ran}");
    }

    /// <summary>Starts a program as root that goes on running.</summary>
    public Child Start(string program, params IReadOnlyList<string> arguments) => Child.Start(
        "nsenter",
        [
            $"--target={_leader}", "--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup", "--wdns=/", "--",
            "env", "-i", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LANG=C.UTF-8", "TERM=dumb",
            "DEBIAN_FRONTEND=noninteractive", "SYSTEMD_PAGER=cat", program, .. arguments,
        ]);

    /// <summary>A path of the machine as this process reaches it, without the machine's links: an absolute one would lead to the host's files.</summary>
    public string PathOf(string path) => $"/proc/{_leader}/root{path}";

    public string Read(string path) => File.ReadAllText(PathOf(path));

    /// <summary>Writes a file with that mode, in folders that are made when they are missing.</summary>
    public void Write(string path, string content, int mode = 0b110_100_100)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), content);
        File.SetUnixFileMode(PathOf(path), (UnixFileMode)mode);
    }

    public void Copy(string hostFile, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.Copy(hostFile, PathOf(path), overwrite: true);
    }

    /// <summary>As an operator installs it, from a file and with nothing to download; what apt wrote is returned, whatever came of it.</summary>
    public Task<Ran> Install(string hostPackage)
    {
        // Where apt's own user may read it.
        var package = "/var/tmp/" + Path.GetFileName(hostPackage);
        Copy(hostPackage, package);
        return Run("apt-get", "install", "--yes", "--no-install-recommends", package);
    }

    /// <summary>Orderly down and up again.</summary>
    public async Task Reboot()
    {
        var before = _leader;
        await Run("systemctl", "reboot");
        await Until.True(() => Processes.Program(before).Length == 0, BootLimit, "the machine goes down");
        await Runs();
    }

    /// <summary>The real curl, from that address.</summary>
    public Task<CurlAnswer> Curl(string from, params IReadOnlyList<string> arguments)
        => Support.Curl.Through(["nsenter", $"--target={Outside}", "--net", "--"], ["--interface", from, .. arguments]);

    /// <summary>A client with that address. It takes the machine for whatever host is asked for, and any certificate.</summary>
    public HttpClient NewClient(string from)
    {
        var source = IPAddress.Parse(from);
        var machine = IPAddress.Parse(source.AddressFamily == AddressFamily.InterNetworkV6 ? AddressV6 : Address);
        var outside = Outside;
        return NewClient(port => (NetworkNamespace.Bound(outside, source), new IPEndPoint(machine, port)));
    }

    /// <summary>A client on the machine itself, by loopback.</summary>
    public HttpClient NewInsider() => NewClient(port => (NetworkNamespace.Bound(_leader, IPAddress.Loopback), new IPEndPoint(IPAddress.Loopback, port)));

    /// <summary>A client on the machine itself, by a unix socket.</summary>
    public HttpClient NewInsider(string unixSocket) => NewClient(_ =>
        (new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified), new UnixDomainSocketEndPoint(PathOf(unixSocket))));

    public async ValueTask DisposeAsync()
    {
        // What the machine wrote goes to the disk first, and the disk may be busy.
        await _script.Terminate(TimeSpan.FromMinutes(2));
        await _script.DisposeAsync();
        _folder.Dispose();
    }

    private static HttpClient NewClient(Func<int, (Socket Socket, EndPoint Target)> way) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        // Made by the test itself a moment ago: nobody vouches for it.
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null },
        ConnectCallback = async (context, cancellation) =>
        {
            var (socket, target) = way(context.DnsEndPoint.Port);
            try
            {
                await socket.ConnectAsync(target, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    })
    {
        Timeout = TimeSpan.FromSeconds(60),
    };

    /// <summary>Waits until everything is started; not until all of it is well, which is the test's business.</summary>
    private async Task Runs()
    {
        var since = Stopwatch.GetTimestamp();
        await Until.True(FindLeader, BootLimit, "systemd runs in the machine");
        await Until.True(
            async () => (await Run("systemctl", "is-system-running", "--wait")).Output is "running\n" or "degraded\n",
            BootLimit,
            "the machine has started what it starts");
        BootTime = Stopwatch.GetElapsedTime(since);
    }

    private bool FindLeader()
    {
        if (_script.HasExited)
        {
            throw new InvalidOperationException($"The machine does not start:\n{_script.Output}");
        }

        // Process 1 of a namespace within the world's, once nspawn has become systemd there.
        _leader = Processes.Below(_script.Id).FirstOrDefault(process => Processes.Numbers(process) is [_, _, "1"] && Processes.Program(process) == "systemd");
        return _leader != 0;
    }
}
