using Support;
using Uploader.Shared.Configuration;
using Uploader.Web.Refusals;

namespace Web.Tests;

/// <summary>What is decided before the body is read, over the wire.</summary>
public sealed class GateTests
{
    [Theory]
    [InlineData(null, "no-key")]
    [InlineData("", "no-key")]
    [InlineData("wrong", "bad-key")]
    [InlineData(LiveWeb.Key + "x", "bad-key")]
    public async Task Without_a_valid_key_nothing_is_read(string? key, string code)
    {
        await using var web = await LiveWeb.Start();
        foreach (var chunked in (bool[])[false, true])
            await web.Upload("a.png", Bytes.Png()).WithKey(key).Chunked(chunked).IsRefusedWith(Catalogue.All.Single(refusal => refusal.Code == code));
        Assert.Empty(web.Files());
    }

    [Fact]
    public async Task Missing_and_wrong_keys_get_answers_that_differ_in_nothing_but_the_code()
    {
        await using var web = await LiveWeb.Start();
        var missing = await web.Upload("a.png", Bytes.Png()).WithKey(null).IsRefusedWith(Catalogue.NoKey);
        var wrong = await web.Upload("a.png", Bytes.Png()).WithKey("wrong").IsRefusedWith(Catalogue.BadKey);
        Assert.Equal(missing.GetProperty("detail").GetString(), wrong.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_key_in_the_query_string_is_refused_even_beside_a_valid_header()
    {
        await using var web = await LiveWeb.Start();
        await web.Upload("a.png", Bytes.Png()).WithKey(null).WithQuery("?api_key=" + LiveWeb.Key).IsRefusedWith(Catalogue.NoKey);
        await web.Upload("a.png", Bytes.Png()).WithQuery("?X-API-KEY=" + LiveWeb.Key).IsRefusedWith(Catalogue.NoKey);
    }

    [Fact]
    public async Task With_no_key_configured_nobody_gets_in_and_readiness_says_so()
    {
        await using var web = await LiveWeb.Start(options => options with { Auth = new AuthOptions { KeyFile = "/nonexistent/keys" } });
        await web.Upload("a.png", Bytes.Png()).WithKey(null).IsRefusedWith(Catalogue.NoKey);
        await web.Upload("a.png", Bytes.Png()).WithKey("").IsRefusedWith(Catalogue.NoKey);
        var (status, health) = await web.Get("/health/ready");
        Assert.Equal(503, status);
        Assert.Contains("\"keys\":\"down\"", health, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readiness_says_which_part_is_down()
    {
        await using var web = await LiveWeb.Start();
        var (status, health) = await web.Get("/health/ready");
        Assert.Equal(503, status);
        Assert.Equal("""{"status":"down","parts":{"keys":"up","ledger":"up","worker":"down","storage":"up","disk":"up"}}""", health);
    }

    [Fact]
    public async Task Too_many_requests_are_told_when_to_come_back_and_others_are_not_touched()
    {
        await using var web = await LiveWeb.Start(options => options with { Limits = options.Limits with { Rate = 0.1, Burst = 2 } });
        await web.Upload("a.png", Bytes.Png()).From("203.0.113.1").IsStored();
        await web.Upload("a.png", Bytes.Png()).From("203.0.113.1").IsStored();

        var (limited, _) = await web.Upload("a.png", Bytes.Png()).From("203.0.113.1").Send();
        Assert.Equal(429, (int)limited.StatusCode);
        Assert.InRange(limited.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 10);
        await web.Upload("a.png", Bytes.Png()).From("203.0.113.2").IsStored();
    }

    [Fact]
    public async Task A_forged_hop_neither_dodges_the_limit_nor_spends_anothers()
    {
        await using var web = await LiveWeb.Start(options => options with { Limits = options.Limits with { Rate = 0.1, Burst = 1 } });
        await web.Upload("a.png", Bytes.Png()).From("198.51.100.1, 203.0.113.1").IsStored();
        await web.Upload("a.png", Bytes.Png()).From("198.51.100.2, 203.0.113.1").IsRefusedWith(Catalogue.RateLimited);
        await web.Upload("a.png", Bytes.Png()).From("198.51.100.1").IsStored();
    }

    [Fact]
    public async Task When_the_disk_is_full_the_answer_comes_before_the_body()
    {
        await using var web = await LiveWeb.Start(options => options with { Disk = new DiskOptions { MinFree = long.MaxValue / 2 } });
        foreach (var chunked in (bool[])[false, true])
            await web.Upload("a.png", Bytes.Png(2 << 20)).Chunked(chunked).IsRefusedWith(Catalogue.DiskFull);
        Assert.Empty(web.Files());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Parallel_uploads_never_pass_the_limit_by_one_byte(bool chunked)
    {
        const long Limit = 4 << 20;
        await using var web = await LiveWeb.Start(options => options with
        {
            Disk = new DiskOptions { MinFree = 0, MaxBytes = Limit },
            Limits = options.Limits with { MaxConcurrentPerClient = 200, MaxConcurrent = 200 },
        });
        await Until.True(() => web.IsMeasured(), TimeSpan.FromSeconds(30));

        var statuses = await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
            (int)(await web.Upload("a.png", Bytes.Png(100_000, i)).Chunked(chunked).Send()).Response.StatusCode));

        Assert.All(statuses, status => Assert.True(status is 201 or 507, $"{status}"));
        Assert.Contains(201, statuses);
        Assert.Contains(507, statuses);
        Assert.Equal(statuses.Count(status => status == 201), web.Files().Count);
        Assert.True(web.Files().Sum(file => new FileInfo(file).Length) <= Limit);
        Assert.True(web.Gauge.HasRoomFor(Limit - web.Files().Sum(file => new FileInfo(file).Length)), "every reservation was given back");
    }

    [Fact]
    public async Task Uploads_under_way_are_limited_per_client()
    {
        await using var web = await LiveWeb.Start(options => options with { Limits = options.Limits with { MaxConcurrentPerClient = 1 } });
        using var slow = await SlowUpload.Begin(web, "203.0.113.1");
        // Before the slow one is staged its place might yet be taken by the other.
        await Until.True(() => web.Files().Count > 0, TimeSpan.FromSeconds(30));
        await web.Upload("a.png", Bytes.Png()).From("203.0.113.1").IsRefusedWith(Catalogue.Busy);
        await web.Upload("a.png", Bytes.Png()).From("203.0.113.2").IsStored();
    }

    [Fact]
    public async Task A_body_that_trickles_is_cut_and_told_so()
    {
        await using var web = await LiveWeb.Start();
        using var slow = await SlowUpload.Begin(web, "203.0.113.1");

        Assert.Contains("urn:fileuploader:too-slow", await slow.Answer(), StringComparison.Ordinal);
        await Until.True(() => web.Files().Count == 0, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_client_that_leaves_leaves_nothing_behind()
    {
        await using var web = await LiveWeb.Start(options => options with { Disk = new DiskOptions { MinFree = 0, MaxBytes = 64 << 20 } });
        await Until.True(() => web.IsMeasured(), TimeSpan.FromSeconds(30));
        for (var i = 0; i < 20; i++)
        {
            using (await SlowUpload.Begin(web, "203.0.113.1"))
                await Until.True(() => web.Files().Count > 0, TimeSpan.FromSeconds(30));
            await Until.True(() => web.Files().Count == 0, TimeSpan.FromSeconds(30));
        }

        await Until.True(() => web.Gauge.HasRoomFor(64 << 20), TimeSpan.FromSeconds(30));
        await web.Upload("a.png", Bytes.Png()).From("203.0.113.1").IsStored();
    }
}
