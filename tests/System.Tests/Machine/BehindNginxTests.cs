using System.Net;

namespace System.Tests.Machine;

/// <summary>An installed machine behind nginx.</summary>
public sealed class BehindNginxTests(BehindNginx installed) : BehindWebServerTests(installed), IClassFixture<BehindNginx>
{
    [Fact]
    public async Task Nginx_says_429_before_the_service_has_to()
    {
        using var client = NewClient("198.51.100.15");
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Send(client)));
        var refused = answers.Where(answer => answer.Status == HttpStatusCode.TooManyRequests).ToList();
        Report(answers.Select(answer => answer.Status));
        Assert.Contains(refused, answer => answer.Body.Contains("\"Slow down.\"", StringComparison.Ordinal));
        Assert.All(refused, answer => Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta));
    }
}
