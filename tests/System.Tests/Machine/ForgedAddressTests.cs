using System.Text.Json;
using Support;
using Support.Machine;

namespace System.Tests.Machine;

/// <summary>
/// What becomes of forwarding headers that no proxy wrote (ADR 0003): nothing where a client reaches the service directly. Who connects from the host itself
/// speaks as the proxy does, which is why nobody else may. Each test has addresses of its own.
/// </summary>
public sealed class ForgedAddressTests(ForgedAddressTests.OpenMachine installed) : IClassFixture<ForgedAddressTests.OpenMachine>
{
    private const string ByTcp = "http://127.0.0.1:2424";
    private const string ByUnixSocket = "http://localhost";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private DebianMachine Machine => installed.Machine;

    /// <summary>Somebody opened it to everybody, on a port beside the shipped one.</summary>
    public sealed class OpenMachine : InstalledMachine
    {
        public const int Port = 2425;

        /// <summary>On it, to be sent from there.</summary>
        public const string File = "/root/a.png";

        protected override async Task PutInFront()
        {
            Machine.Write("/etc/systemd/system/fileuploader-web.socket.d/open.conf", $"[Socket]\nListenStream={Port}\nIPAddressAllow=any\n");
            Machine.Copy(FileToSend("a.png", Bytes.Png()), File);
            await Machine.Must("systemctl daemon-reload && systemctl stop fileuploader-web.service && systemctl restart fileuploader-web.socket && systemctl start fileuploader-web.service");
        }
    }

    [Theory]
    [InlineData("198.51.100.30", "198.51.100.30", "203.0.113.30")]
    [InlineData("2001:db8:c:30::1", "2001:db8:c:30::/64", "2001:db8:c:31::1")]
    public async Task A_client_that_reaches_it_directly_is_known_by_its_connection_and_by_nothing_it_claims(string guesser, string banned, string claimed)
    {
        await Until.True(async () => (await Directly(guesser, "a guess", Claims(claimed))).Status == 403, Limit, $"{guesser} is banned");

        await installed.Event(12, ("UPLOADER_CLIENT", guesser));
        await installed.Event(30, ("UPLOADER_CLIENT", banned));
        Assert.Contains(banned, await Bans());
        Assert.DoesNotContain(claimed, await Machine.Must("journalctl --sync; journalctl --output export; uploaderctl bans list -o json; uploaderctl failures -o json"), StringComparison.Ordinal);
        // Neither another claim nor the right key helps, and whom he named has lost nothing.
        Assert.Equal(403, (await Directly(guesser, installed.Key, Claims("203.0.113.31"))).Status);
        var answer = await Directly(claimed, installed.Key, Claims(guesser));
        Assert.True(answer.Status == 201, answer.ToString());
        Assert.Equal(claimed, await Machine.Must($"getfattr --only-values --absolute-names -n user.uploader.from /uploads/{Receipt.Of(answer.Body).Path}"));
    }

    [Fact]
    public async Task A_client_that_claims_to_be_the_proxy_is_banned_like_any_other()
    {
        await Until.True(async () => (await Directly("198.51.100.32", "a guess", Claims("127.0.0.1"))).Status == 403, Limit, "it is banned");
        await installed.Event(30, ("UPLOADER_CLIENT", "198.51.100.32"));
        Assert.DoesNotContain("127.0.0.1", await Bans());
    }

    [Theory]
    [InlineData(ByTcp, "203.0.113.33", "203.0.113.34")]
    [InlineData(ByUnixSocket, "203.0.113.35", "203.0.113.36")]
    public async Task On_the_host_the_last_address_of_the_one_header_is_believed_and_no_other_header(string way, string last, string elsewhere)
    {
        string[] claims = ["-H", $"X-Forwarded-For: {elsewhere}, {last}", "-H", $"Forwarded: for={elsewhere}", "-H", $"X-Real-IP: {elsewhere}"];
        await Until.True(async () => await OnTheHost(way, "a guess", claims) == 403, Limit, $"{last} is banned");
        Assert.Contains(last, await Bans());
        Assert.DoesNotContain(elsewhere, await Machine.Must("journalctl --sync; journalctl --output export; uploaderctl bans list -o json; uploaderctl failures -o json"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ByTcp, "203.0.113.37")]
    [InlineData(ByUnixSocket, "203.0.113.38")]
    public async Task The_proxy_itself_is_never_banned_whoever_it_does_not_name(string way, string marker)
    {
        // Twice as often as anybody else may, with nobody named in any way there is.
        string[][] nobody = [[], ["-H", "X-Forwarded-For: unknown"], ["-H", "X-Forwarded-For: 127.0.0.1"], ["-H", "Forwarded: for=203.0.113.39"], ["-H", "X-Real-IP: 203.0.113.39"]];
        foreach (var words in Enumerable.Repeat(nobody, 4).SelectMany(words => words))
        {
            Assert.Contains(await OnTheHost(way, "a guess", words), (int[])[401, 429]);
        }

        // The next client that fails is banned, so the sweep has seen what came before.
        await Until.True(async () => await OnTheHost(way, "a guess", "-H", "X-Forwarded-For: " + marker) == 403, Limit, $"{marker} is banned");
        Assert.Contains(marker, await Bans());
        Assert.DoesNotContain("127.0.0.1", await Bans());
        await installed.Event(12, ("UPLOADER_CLIENT", "127.0.0.1"));
        Assert.DoesNotContain("203.0.113.39", await Machine.Must("journalctl --sync; journalctl --output export; uploaderctl failures -o json"), StringComparison.Ordinal);
        await Until.True(async () => await OnTheHost(way, installed.Key) == 201, Limit, "it is served when it is not too fast");
    }

    [Fact]
    public async Task Nobody_but_the_host_and_its_web_server_reaches_what_the_package_opens()
    {
        Assert.Equal((7, 0), await Machine.Curl("198.51.100.34", $"http://{DebianMachine.Address}:2424/") is var answer ? (answer.ExitCode, answer.Status) : default);
        Assert.Equal("200", await As("www-data"));
        Assert.Equal("000", await As("nobody"));

        Task<string> As(string user) => Machine.Must($"runuser -u {user} -- curl -s -o /dev/null -w '%{{http_code}}' --unix-socket /run/fileuploader/web.sock http://localhost/health/live || true");
    }

    /// <summary>Every way to say that one is somebody else, also by a chain that seems to come from the proxy.</summary>
    private static string[] Claims(string address) =>
    [
        "-H", $"X-Forwarded-For: {address}", "-H", $"X-Forwarded-For: {address}, 127.0.0.1", "-H", $"Forwarded: for=\"{(address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address)}\"",
        "-H", $"X-Real-IP: {address}", "-H", $"X-Client-IP: {address}", "-H", $"True-Client-IP: {address}",
    ];

    /// <summary>Past the web server, from outside.</summary>
    private Task<CurlAnswer> Directly(string from, string key, params IReadOnlyList<string> claims)
    {
        var to = from.Contains(':', StringComparison.Ordinal) ? $"[{DebianMachine.AddressV6}]" : DebianMachine.Address;
        return Machine.Curl(from, [.. claims, "-H", "X-API-KEY: " + key, "-F", "file=@" + installed.FileToSend("a.png", Bytes.Png()), $"http://{to}:{OpenMachine.Port}{InstalledMachine.UploadPath}"]);
    }

    /// <summary>What root on the machine is answered.</summary>
    private async Task<int> OnTheHost(string way, string key, params IReadOnlyList<string> claims)
    {
        string[] socket = way == ByUnixSocket ? ["--unix-socket", "/run/fileuploader/web.sock"] : [];
        var ran = await Machine.Run("curl", ["-sS", "-o", "/dev/null", "-w", "%{http_code}", .. socket, .. claims, "-H", "X-API-KEY: " + key, "-F", "file=@" + OpenMachine.File, way + InstalledMachine.UploadPath]);
        Assert.True(ran.ExitCode == 0, ran.ToString());
        return int.Parse(ran.Output, Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<IReadOnlyList<string>> Bans()
    {
        using var bans = JsonDocument.Parse(await Machine.Must("uploaderctl bans list -o json"));
        return [.. bans.RootElement.EnumerateArray().Select(ban => ban.GetProperty("address").GetString()!)];
    }
}
