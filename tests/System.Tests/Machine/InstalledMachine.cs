using System.Globalization;
using System.Tests.Live;
using System.Tests.Package;
using System.Text.Json;
using Support;
using Support.Machine;
using Uploader.Shared.Journal;

namespace System.Tests.Machine;

/// <summary>
/// A machine on which an operator has followed the documents: the package is installed and there is a key; those derived from it put a web
/// server in front. One for all tests of a class (<c>IClassFixture</c>). Without root there is none, and <see cref="Machine"/> skips the test.
/// </summary>
public class InstalledMachine : IAsyncLifetime
{
    public const string Host = "uploads.example.org";
    public const string UploadPath = "/api/bcloud/fileuploader/upload";

    protected static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Scratch _files = new();
    private DebianMachine? _machine;

    public DebianMachine Machine
    {
        get
        {
            Root.IsNeeded("a machine boots");
            return _machine!;
        }
    }

    public string Key { get; private set; } = "";

    /// <summary>What of the configuration differs from the defaults, in the file that the units read.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public async ValueTask InitializeAsync()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return;
        }

        _machine = await DebianMachine.Boot();
        try
        {
            await Prepare();
            var ran = await _machine.Install(await ShippedPackage.File);
            Assert.True(ran.ExitCode == 0, ran.ToString());
            Key = await NewKey(_machine);
            await Configure(Settings);
            await PutInFront();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_machine is not null)
        {
            await _machine.DisposeAsync();
        }

        _files.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The key itself; its line is in the key file, which the service reads by itself.</summary>
    public static Task<string> NewKey(DebianMachine machine) => machine.Must("uploaderctl keys new tests");

    /// <summary>Settings by their keys, <c>Disk:MaxBytes</c>, in place of all before; both processes are restarted if there are any.</summary>
    public async Task Configure(IReadOnlyDictionary<string, string> settings)
    {
        if (settings.Count > 0)
        {
            Machine.Write("/etc/fileuploader/environment", string.Concat(settings.Select(setting => $"UPLOADER_{setting.Key.Replace(":", "__", StringComparison.Ordinal)}={setting.Value}\n")));
            await Machine.Must("systemctl restart fileuploader-web fileuploader-worker");
        }
    }

    /// <summary>A file of the host for curl to send. Another name, another file.</summary>
    public string FileToSend(string name, byte[] content) => _files.File(name, content);

    /// <summary>One upload through the web server in front, by the real curl from that address; further arguments of curl go before the rest.</summary>
    public Task<CurlAnswer> Upload(string from, string file, params IReadOnlyList<string> arguments)
        => Ask(from, UploadPath, [.. arguments, "-H", "X-API-KEY: " + Key, "-F", "file=@" + file]);

    /// <summary>Any request through the web server in front.</summary>
    public Task<CurlAnswer> Ask(string from, string path, params IReadOnlyList<string> arguments)
    {
        var to = from.Contains(':', StringComparison.Ordinal) ? $"[{DebianMachine.AddressV6}]" : DebianMachine.Address;
        return Machine.Curl(from, ["--insecure", "--resolve", $"{Host}:443:{to}", "--path-as-is", .. arguments, $"https://{Host}{path}"]);
    }

    /// <summary>Where a stored file is, seen from here.</summary>
    public string Stored(Receipt receipt) => Path.Join(Machine.PathOf("/uploads"), receipt.Path);

    /// <summary>The journal's entries of one of our events, as <c>MESSAGE_ID</c> finds them, oldest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> Events(int number)
    {
        var lines = await Machine.Must($"journalctl --sync; journalctl -o json MESSAGE_ID={MessageIds.Of(number)}");
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] == '{').Select(line => JsonDocument.Parse(line).RootElement)];
    }

    /// <summary>Waits for an entry with these fields, and returns the first.</summary>
    public async Task<JsonElement> Event(int number, params (string Field, string Value)[] fields)
    {
        JsonElement? found = null;
        await Until.True(
            async () =>
            {
                found = (await Events(number)).Select(entry => (JsonElement?)entry).FirstOrDefault(entry => fields.All(field => Field(entry!.Value, field.Field) == field.Value));
                return found is not null;
            },
            Limit,
            $"event {number} with {string.Join(", ", fields)} is in the journal");
        return found!.Value;
    }

    public static string Field(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) ? value.ToString() : "";

    /// <summary>One property of a unit, as <c>systemctl show</c> gives it.</summary>
    public Task<string> Property(string unit, string name) => Machine.Must($"systemctl show --value -p {name} {unit}");

    public async Task<int> MainProcess(string unit) => int.Parse(await Property(unit, "MainPID"), CultureInfo.InvariantCulture);

    /// <summary>Before the package is installed.</summary>
    protected virtual Task Prepare() => Task.CompletedTask;

    /// <summary>After there is a key.</summary>
    protected virtual Task PutInFront() => Task.CompletedTask;

    /// <summary>For <see cref="Host"/>, where the example sites look for it.</summary>
    protected Task MakeCertificate() => Machine.Must($"""
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN={Host} \
            -keyout /etc/ssl/private/{Host}.key -out /etc/ssl/certs/{Host}.pem 2>/dev/null
        """);
}
