using System.Globalization;
using Support;
using Uploader.Shared.Configuration;
using Uploader.Web.Refusals;

namespace Web.Tests;

/// <summary>What stands after the hash on a key's line, over the wire.</summary>
public sealed class KeyOptionsTests
{
    private const long Quota = 4 << 20;

    [Fact]
    public async Task From_another_address_a_right_key_is_answered_to_the_letter_as_a_wrong_one()
    {
        await using var web = await LiveWeb.Start(keyOptions: "from=203.0.113.0/24,2001:db8::/32");
        await web.Upload("a.png", Bytes.Png()).From("203.0.113.7").IsStored();
        await web.Upload("a.png", Bytes.Png()).From("2001:db8::7").IsStored();

        var elsewhere = await web.Upload("a.png", Bytes.Png()).From("198.51.100.1").IsRefusedWith(Catalogue.BadKey);
        var wrong = await web.Upload("a.png", Bytes.Png()).From("198.51.100.2").WithKey("wrong").IsRefusedWith(Catalogue.BadKey);
        Assert.Equal(wrong.GetRawText(), elsewhere.GetRawText());
        // Nor does a hop that the client wrote itself open the door.
        await web.Upload("a.png", Bytes.Png()).From("203.0.113.7, 198.51.100.1").IsRefusedWith(Catalogue.BadKey);
    }

    [Fact]
    public async Task An_expired_key_is_told_so_before_the_body_but_only_where_it_might_be_used()
    {
        await using var web = await LiveWeb.Start(keyOptions: "expires=2020-01-31 from=203.0.113.7");
        foreach (var chunked in (bool[])[false, true])
        {
            await web.Upload("a.png", Bytes.Png(2 << 20)).From("203.0.113.7").Chunked(chunked).IsRefusedWith(Catalogue.ExpiredKey);
            await web.Upload("a.png", Bytes.Png(2 << 20)).From("203.0.113.8").Chunked(chunked).IsRefusedWith(Catalogue.BadKey);
        }

        var (status, health) = await web.Get("/health/ready");
        Assert.Equal(503, status);
        Assert.Contains("\"keys\":\"down\"", health, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_takes_its_largest_file_and_not_one_byte_more()
    {
        await using var web = await LiveWeb.Start(keyOptions: "max-size=1MiB");
        foreach (var chunked in (bool[])[false, true])
        {
            await web.Upload("a.png", Bytes.Png(1 << 20)).Chunked(chunked).IsStored();
            await web.Upload("a.png", Bytes.Png((1 << 20) + 1)).Chunked(chunked).IsRefusedWith(Catalogue.TooLargeForKey);
            await web.Upload("a.png", Bytes.Png(5 << 20)).Chunked(chunked).IsRefusedWith(Catalogue.TooLargeForKey);
        }

        var (several, json) = await web.UploadMultiple(("a.png", Bytes.Png(1 << 20)), ("b.png", Bytes.Png((1 << 20) + 1))).Send();
        Assert.Equal(207, (int)several.StatusCode);
        Assert.Equal("urn:fileuploader:too-large-for-key", json.GetProperty("files")[1].GetProperty("type").GetString());
        Assert.Equal(3, web.Files().Count);
    }

    [Fact]
    public async Task The_tighter_of_the_keys_and_the_services_limit_holds()
    {
        await using var web = await LiveWeb.Start(options => options with { Limits = options.Limits with { MaxFileSize = 1 << 20, MaxRequestSize = 2 << 20 } }, "max-size=10MiB");
        await web.Upload("a.png", Bytes.Png((1 << 20) + 1)).IsRefusedWith(Catalogue.TooLarge);
        await web.Upload("a.png", Bytes.Png(3 << 20)).IsRefusedWith(Catalogue.TooLarge);
    }

    [Fact]
    public async Task A_key_sends_its_types_and_no_others_and_none_that_the_service_does_not_take()
    {
        await using var web = await LiveWeb.Start(options => options with { Limits = options.Limits with { AllowedTypes = ["png", "jpg"] } }, "types=png,pdf");
        foreach (var chunked in (bool[])[false, true])
        {
            await web.Upload("a.PNG", Bytes.Png()).Chunked(chunked).IsStored();
            var refused = await web.Upload("a.jpg", Bytes.Jpeg()).Chunked(chunked).IsRefusedWith(Catalogue.TypeNotForKey);
            Assert.Equal("Accepted with this key are files named .png.", refused.GetProperty("detail").GetString());
            await web.Upload("a.pdf", Bytes.Pdf()).Chunked(chunked).IsRefusedWith(Catalogue.TypeNotAllowed);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_quota_is_used_to_its_last_byte_and_the_refusal_says_when_to_come_back(bool chunked)
    {
        await using var web = await LiveWeb.Start(keyOptions: "bytes-per-day=1MiB");
        await IsMeasured(web);
        await web.Upload("a.png", Bytes.Png(3 << 20)).Chunked(chunked).IsRefusedWith(Catalogue.LargerThanQuota);
        await web.Upload("a.png", Bytes.Png((1 << 20) - 100)).Chunked(chunked).IsStored();
        await web.Upload("a.png", Bytes.Png(101)).Chunked(chunked).IsRefusedWith(Catalogue.QuotaUsedUp);
        await web.Upload("a.png", Bytes.Png(100)).Chunked(chunked).IsStored();

        var (full, _) = await web.Upload("a.png", Bytes.Png(100)).Chunked(chunked).Send();
        Assert.Equal(429, (int)full.StatusCode);
        Assert.InRange(full.Headers.RetryAfter!.Delta!.Value.TotalHours, 0, 24);
        Assert.Equal(1 << 20, web.Files().Sum(file => new FileInfo(file).Length));
    }

    [Fact]
    public async Task A_file_that_was_refused_gives_its_part_of_the_quota_back()
    {
        await using var web = await LiveWeb.Start(keyOptions: "bytes-per-day=1MiB");
        await IsMeasured(web);
        var almost = Bytes.Png((1 << 20) - 1000);
        var (several, _) = await web.UploadMultiple(("a.png", [.. almost, .. new byte[2000]]), ("b.png", almost), ("c.png", Bytes.Png(1001))).Chunked().Send();
        Assert.Equal(207, (int)several.StatusCode);
        Assert.Equal(almost.Length, Assert.Single(web.Files().Select(file => new FileInfo(file).Length)));
        await web.Upload("d.png", Bytes.Png(1000)).IsStored();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Many_uploads_at_once_never_pass_the_quota_by_one_byte(bool chunked)
    {
        await using var web = await LiveWeb.Start(
            options => options with { Limits = options.Limits with { MaxConcurrentPerClient = 200, MaxConcurrent = 200 } }, $"bytes-per-day={Quota}");
        await IsMeasured(web);

        var statuses = await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
            (int)(await web.Upload("a.png", Bytes.Png(100_000, i)).Chunked(chunked).Send()).Response.StatusCode));

        Assert.All(statuses, status => Assert.True(status is 201 or 429, $"{status}"));
        Assert.Contains(201, statuses);
        Assert.Contains(429, statuses);
        var stored = web.Files().Sum(file => new FileInfo(file).Length);
        Assert.Equal(statuses.Count(status => status == 201) * 100_000, stored);
        Assert.True(stored <= Quota);

        // Every part of it that was held in vain was given back.
        await web.Upload("a.png", Bytes.Png((int)(Quota - stored))).IsStored();
        await web.Upload("a.png", Bytes.Png()).IsRefusedWith(Catalogue.QuotaUsedUp);
    }

    [Fact]
    public async Task What_was_stored_before_a_restart_counts()
    {
        var today = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture);
        await using var web = await LiveWeb.Start(keyOptions: "bytes-per-day=1MiB", prepare: root =>
        {
            var earlier = Path.Join(Directory.CreateDirectory(Path.Join(root, today)).FullName, "earlier.png");
            File.WriteAllBytes(earlier, Bytes.Png((1 << 20) - 500));
            Assert.Equal(0, Child.Run("setfattr", "-n", "user.uploader.key", "-v", "tester", earlier).GetAwaiter().GetResult().ExitCode);
        });
        await IsMeasured(web);
        await web.Upload("a.png", Bytes.Png(501)).IsRefusedWith(Catalogue.QuotaUsedUp);
        await web.Upload("a.png", Bytes.Png(500)).IsStored();
    }

    [Fact]
    public async Task What_the_key_file_says_of_a_key_is_in_force_as_soon_as_it_says_it()
    {
        await using var web = await LiveWeb.Start();
        await web.Upload("a.png", Bytes.Png(2000)).IsStored();

        await web.Rekey(LiveWeb.KeyLine("tester", LiveWeb.Key, "types=pdf"));
        await web.Upload("a.png", Bytes.Png()).IsRefusedWith(Catalogue.TypeNotForKey);
        await web.Rekey(LiveWeb.KeyLine("tester", LiveWeb.Key, "max-size=1KiB"));
        await web.Upload("a.png", Bytes.Png(2000)).IsRefusedWith(Catalogue.TooLargeForKey);
        await web.Rekey(LiveWeb.KeyLine("tester", LiveWeb.Key, "from=203.0.113.7"));
        await web.Upload("a.png", Bytes.Png()).IsRefusedWith(Catalogue.BadKey);
        await web.Rekey(LiveWeb.KeyLine("tester", LiveWeb.Key, "bytes-per-day=3000"));
        await IsMeasured(web);
        await web.Upload("a.png", Bytes.Png(1001)).IsRefusedWith(Catalogue.QuotaUsedUp);
        await web.Upload("a.png", Bytes.Png(1000)).IsStored();
        await web.Rekey(LiveWeb.KeyLine("tester", LiveWeb.Key, "expires=2020-01-31"), LiveWeb.KeyLine("tester", "successor"));
        await web.Upload("a.png", Bytes.Png()).IsRefusedWith(Catalogue.ExpiredKey);
        await web.Upload("a.png", Bytes.Png()).WithKey("successor").IsStored();
        await web.Rekey(LiveWeb.KeyLine("tester", LiveWeb.Key, "max-sise=1KiB"), LiveWeb.KeyLine("tester", "successor"));
        await web.Upload("a.png", Bytes.Png()).IsRefusedWith(Catalogue.BadKey);
    }

    private static Task IsMeasured(LiveWeb web) =>
        Until.True(async () => (int)(await web.Upload("a.gif", []).Send()).Response.StatusCode != 503, TimeSpan.FromSeconds(30));
}
