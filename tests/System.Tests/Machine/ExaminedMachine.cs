using System.Tests.Live;
using System.Text.Json;
using Support;
using Support.Machine;

namespace System.Tests.Machine;

/// <summary>A machine on which the package is installed as its documents say, behind one of the web servers, with a first key.</summary>
public abstract class ExaminedMachine : IAsyncLifetime
{
    private static readonly TimeSpan HealingTime = TimeSpan.FromSeconds(40);

    private DebianMachine? _machine;

    /// <summary>There is one where <see cref="IsNeeded"/> lets a test go on.</summary>
    public DebianMachine Machine => _machine!;

    /// <summary>The package that scripts/package made; null where it was not run.</summary>
    private static string? Package => Directory.Exists(Checkout.Of("artifacts")) ? Directory.EnumerateFiles(Checkout.Of("artifacts"), "uploader_*_amd64.deb").SingleOrDefault() : null;

    /// <summary>Enables the example site that comes with the package.</summary>
    protected abstract string Enable { get; }

    public async ValueTask InitializeAsync()
    {
        if (!Environment.IsPrivilegedProcess || Package is not { } package)
            return;
        _machine = await DebianMachine.Boot();
        var installed = await _machine.Install(package);
        Assert.True(installed.ExitCode == 0, $"{installed}");
        await _machine.Must($"""
            echo "shop sha256:$(printf %s a-key-of-a-shop | sha256sum | cut -d' ' -f1)" >/etc/fileuploader/keys
            chown root:fileuploader /etc/fileuploader/keys && chmod 0640 /etc/fileuploader/keys
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=uploads.example.org \
                -keyout /etc/ssl/private/uploads.example.org.key -out /etc/ssl/certs/uploads.example.org.pem 2>/dev/null
            {Enable}
            """);
        await BecomesWell("the package was installed");
    }

    public async ValueTask DisposeAsync()
    {
        if (_machine is not null)
            await _machine.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    public static void IsNeeded()
    {
        Root.IsNeeded("a machine boots");
        Assert.SkipUnless(Package is not null, "needs the package: scripts/package makes it");
    }

    /// <summary>Examines until nothing fails any more: a worker that was restarted has not yet walked over the uploads.</summary>
    public async Task<Examined> BecomesWell(string after)
    {
        var last = await Examine();
        try
        {
            await Until.True(async () => last.ExitCode == 0 || (last = await Examine()).ExitCode == 0, HealingTime, $"well after: {after}");
            return last;
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}\n{last}", e);
        }
    }

    /// <summary>What <c>uploaderctl doctor</c> says.</summary>
    public async Task<Examined> Examine(params string[] words)
    {
        var ran = await Machine.Run("uploaderctl", ["doctor", "-o", "json", .. words]);
        Assert.True(ran is { ExitCode: 0 or 1, Complaint: "" }, $"{ran}");
        using var lines = JsonDocument.Parse(ran.Output);
        return new Examined(ran.ExitCode, lines.RootElement.EnumerateArray().ToDictionary(
            line => line.GetProperty("id").GetString()!,
            line => new ExaminedLine(line.GetProperty("verdict").GetString()!, line.GetProperty("finding").GetString()!, line.GetProperty("mend").GetString() ?? ""),
            StringComparer.Ordinal));
    }
}

/// <summary>What the doctor said of a machine, a line by its id.</summary>
public sealed record Examined(int ExitCode, IReadOnlyDictionary<string, ExaminedLine> Lines)
{
    public override string ToString() => string.Join('\n', Lines.Where(line => line.Value.Verdict != "pass").Select(line => $"{line.Key}: {line.Value}"));
}

/// <summary>One line of the doctor.</summary>
public sealed record ExaminedLine(string Verdict, string Finding, string Mend);

/// <summary>Behind nginx, as deploy/nginx/README.md says.</summary>
public sealed class MachineBehindNginx : ExaminedMachine
{
    protected override string Enable => """
        cp /usr/share/doc/uploader/examples/nginx/example-site.conf /etc/nginx/sites-available/fileuploader
        ln -s ../sites-available/fileuploader /etc/nginx/sites-enabled/fileuploader
        systemctl enable --now nginx
        """;
}

/// <summary>Behind Apache, as deploy/apache/README.md says.</summary>
public sealed class MachineBehindApache : ExaminedMachine
{
    protected override string Enable => """
        cp /usr/share/doc/uploader/examples/apache/example-site.conf /etc/apache2/sites-available/fileuploader.conf
        a2enmod --quiet proxy proxy_http headers alias reqtimeout ssl >/dev/null
        a2ensite --quiet fileuploader >/dev/null
        systemctl enable --now apache2
        """;
}
