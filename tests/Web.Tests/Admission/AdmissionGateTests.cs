using System.Net;
using Microsoft.AspNetCore.Http;
using Uploader.Shared.Addresses;
using Uploader.Shared.Configuration;
using Uploader.Shared.Keys;
using Uploader.Web.Addressing;
using Uploader.Web.Admission;
using Uploader.Web.RateLimiting;
using Uploader.Web.Receiving;
using Uploader.Web.Refusals;

namespace Web.Tests.Admission;

public sealed class AdmissionGateTests
{
    private static readonly Cidr Somebody = Cidr.Of(IPAddress.Parse("203.0.113.1"));
    private readonly ConcurrencyGate _concurrency = new(maxPerClient: 2, max: 2);

    [Fact]
    public void A_disk_that_cannot_be_asked_takes_no_place()
    {
        var gate = Gate(() => throw new IOException("statvfs: No such file or directory"));
        for (var i = 0; i < 3; i++)
            Assert.Throws<IOException>(() => Ask(gate, 100, out _));
        Assert.Equal(0, _concurrency.Count);
    }

    [Fact]
    public void Who_finds_no_place_gives_his_room_back()
    {
        const long Free = 1000;
        var gate = Gate(() => Free);
        Assert.Null(Ask(gate, 1, out var first));
        Assert.Null(Ask(gate, 1, out var second));
        for (var i = 0; i < 10; i++)
            Assert.Equal(Catalogue.Busy, Ask(gate, 900, out _));

        first.Dispose();
        second.Dispose();
        Assert.Null(Ask(gate, Free, out var whole));
        whole.Dispose();
        Assert.Equal(0, _concurrency.Count);
    }

    [Fact]
    public void A_declared_size_over_the_limit_is_refused_from_the_headers() =>
        Assert.Equal(Catalogue.TooLarge.Code, Ask(Gate(() => long.MaxValue), new LimitOptions().MaxRequestSize + 1, out _)?.Code);

    [Theory]
    [InlineData(0, null)]
    [InlineData(1 << 20, null)]
    [InlineData((1 << 20) + 10, null)]
    [InlineData(2 << 20, null)]
    [InlineData((2 << 20) + 1, "too-large-for-key")]
    public void A_declared_size_over_the_keys_limit_and_the_form_around_it_is_refused_from_the_headers(long length, string? code)
    {
        Assert.Equal(code, Ask(Gate(() => long.MaxValue), length, out var admitted, new KeyOptions { MaxSize = 1 << 20 })?.Code);
        admitted.Dispose();
    }

    [Fact]
    public void A_key_that_may_do_more_than_the_service_may_not() =>
        Assert.Equal(Catalogue.TooLarge.Code, Ask(Gate(() => long.MaxValue), new LimitOptions().MaxRequestSize + 1, out _, new KeyOptions { MaxSize = long.MaxValue })?.Code);

    [Fact]
    public void Who_is_refused_for_his_quota_gives_room_back_and_takes_no_place()
    {
        var gate = Gate(() => 10 << 20);
        for (var i = 0; i < 10; i++)
            Assert.Equal(Catalogue.LargerThanQuota.Code, Ask(gate, 8 << 20, out _, new KeyOptions { BytesPerDay = 1 << 20 })?.Code);
        Assert.Equal(0, _concurrency.Count);
        Assert.Null(Ask(gate, 8 << 20, out var admitted));
        admitted.Dispose();
    }

    private AdmissionGate Gate(Func<long> freeBytes) =>
        new(new LimitOptions(), _concurrency, new DiskGauge(new DiskOptions { MinFree = 0 }, freeBytes), new QuotaGate(TimeProvider.System));

    private static Refusal? Ask(AdmissionGate gate, long length, out Admitted admitted, KeyOptions? options = null)
    {
        var http = new DefaultHttpContext();
        http.Request.ContentLength = length;
        return gate.Refuses(http.Request, new ClientAddress(Somebody, Somebody, IsTrustedProxy: false), NamedKey.Of("alice", "key", options), UploadForm.Single, out admitted);
    }
}
