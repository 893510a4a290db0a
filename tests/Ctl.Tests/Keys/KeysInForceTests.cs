using System.Net;
using Support;

namespace Ctl.Tests.Keys;

/// <summary>What <c>uploaderctl keys</c> writes, as the running service takes it.</summary>
public sealed class KeysInForceTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Operator _operator = new();

    public void Dispose() => _operator.Dispose();

    [Fact]
    public async Task A_key_opens_when_it_is_made_beside_its_successor_and_no_more_when_it_is_revoked()
    {
        (await _operator.Runs("keys", "new", "other")).Ends(0);
        await using var uploader = await LiveUploader.Start(new Dictionary<string, string?> { ["Auth:KeyFile"] = _operator.KeyFile });

        var first = (await _operator.Runs("keys", "new", "alice", "--types", "png")).Ends(0).Output.Trim();
        await Becomes(HttpStatusCode.Created, uploader, first);
        Assert.Equal(HttpStatusCode.BadRequest, await Send(uploader, first, "a.pdf", Bytes.Pdf()));

        var second = (await _operator.Runs("keys", "rotate", "alice")).Ends(0).Output.Trim();
        await Becomes(HttpStatusCode.Created, uploader, second);
        Assert.Equal(HttpStatusCode.Created, await Send(uploader, first, "a.png", Bytes.Png()));
        Assert.Equal(HttpStatusCode.BadRequest, await Send(uploader, second, "a.pdf", Bytes.Pdf()));

        (await _operator.Runs("keys", "revoke", "alice", "--yes")).Ends(0);
        await Becomes(HttpStatusCode.Unauthorized, uploader, first);
        Assert.Equal(HttpStatusCode.Unauthorized, await Send(uploader, second, "a.png", Bytes.Png()));
    }

    private static Task Becomes(HttpStatusCode status, LiveUploader uploader, string key) =>
        Until.True(async () => await Send(uploader, key, "a.png", Bytes.Png()) == status, Limit, $"an upload is answered {status}");

    private static async Task<HttpStatusCode> Send(LiveUploader uploader, string key, string name, byte[] content)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("X-API-KEY", key);
        using var answer = await uploader.Upload(client, name, content);
        return answer.StatusCode;
    }
}
