using System.Reflection;
using Uploader.Inspection;
using Uploader.Shared.Bans;
using Uploader.Web.Refusals;

namespace Web.Tests.Refusals;

public sealed class CatalogueTests
{
    [Theory]
    [InlineData("banned", 403, "Banned", null)]
    [InlineData("rate-limited", 429, "Too many requests", null)]
    [InlineData("no-key", 401, "Unauthorized", "Auth")]
    [InlineData("bad-key", 401, "Unauthorized", "Auth")]
    [InlineData("expired-key", 401, "Unauthorized", "Auth")]
    [InlineData("key-not-from-here", 401, "Unauthorized", "Auth")]
    [InlineData("type-not-for-key", 400, "Invalid file type", "Abuse")]
    [InlineData("too-large-for-key", 413, "File too large", "Abuse")]
    [InlineData("larger-than-quota", 413, "File too large", "Abuse")]
    [InlineData("quota-used-up", 429, "Quota used up", null)]
    [InlineData("bad-form", 400, "Bad request", "Abuse")]
    [InlineData("no-file", 400, "Bad request", "Abuse")]
    [InlineData("type-not-allowed", 400, "Invalid file type", "Abuse")]
    [InlineData("content-mismatch", 400, "Invalid file type", "Abuse")]
    [InlineData("too-large", 413, "File too large", "Abuse")]
    [InlineData("too-slow", 408, "Request timeout", null)]
    [InlineData("disk-full", 507, "Insufficient storage", null)]
    [InlineData("busy", 503, "Busy", null)]
    [InlineData("not-found", 404, "Not found", null)]
    [InlineData("method-not-allowed", 405, "Method not allowed", null)]
    public void A_refusal_is_what_the_contract_says(string code, int status, string title, string? countsAs)
    {
        var refusal = Assert.Single(Catalogue.All, refusal => refusal.Code == code);
        Assert.Equal(status, refusal.Status);
        Assert.Equal(title, refusal.Title);
        Assert.Equal(countsAs, refusal.CountsAs?.ToString());
    }

    [Fact]
    public void Every_refusal_is_in_the_list_with_a_code_of_its_own_and_a_sentence()
    {
        Refusal[] fields =
        [
            .. typeof(Catalogue).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<Refusal>(),
            .. Rules.All.Select(Catalogue.Of),
        ];

        Assert.Equal(fields.OrderBy(refusal => refusal.Code, StringComparer.Ordinal), Catalogue.All.OrderBy(refusal => refusal.Code, StringComparer.Ordinal));
        Assert.Equal(fields.Length, fields.DistinctBy(refusal => refusal.Code).Count());
        Assert.All(fields, refusal => Assert.EndsWith(".", refusal.Detail, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_breaks_a_rule_counts_once_and_a_hostile_one_twice() =>
        Assert.All(Rules.All, rule => Assert.Equal(
            (400, rule.Code, "Invalid file type", FailureKind.Abuse, rule.IsHostile ? 2 : 1),
            (Catalogue.Of(rule).Status, Catalogue.Of(rule).Code, Catalogue.Of(rule).Title, Catalogue.Of(rule).CountsAs, Catalogue.Of(rule).Weight)));

    [Fact]
    public void A_ban_or_a_limit_never_counts_again() =>
        Assert.All([Catalogue.Banned, Catalogue.RateLimited, Catalogue.Busy, Catalogue.DiskFull, Catalogue.QuotaUsedUp], refusal => Assert.Null(refusal.CountsAs));
}
