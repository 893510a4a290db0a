using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Features;
using Uploader.Web.Refusals;

namespace Uploader.Web.Reporting;

/// <summary>Writes answers to the wire, and nothing else does.</summary>
internal static class Reporter
{
    public static Task Send(HttpContext http, Answer answer) => answer switch
    {
        { IsAborted: true } => Leave(http),
        { Refusal: { } refusal } => Send(http, refusal, answer),
        { IsSingle: true, Outcomes: [var only] } => Write(http, 201, Receipt.Of(only), Wire.Default.Receipt),
        _ => Write(http, answer.Counted is null ? 201 : 207, new FileReports([.. answer.Outcomes.Select(FileReport.Of)]), Wire.Default.FileReports),
    };

    public static Task Send(HttpContext http, Refusal refusal) => Send(http, refusal, Answer.Refused(refusal));

    public static Task Send(HttpContext http, HealthReport report) => Write(http, report.IsUp ? 200 : 503, report, Wire.Default.HealthReport);

    /// <returns>The trace id that the client was given.</returns>
    public static async Task<string> SendFault(HttpContext http)
    {
        var traceId = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
        if (http.Response.HasStarted)
            http.Abort();
        else
            await Problems(http, Problem.OfFault(traceId));
        return traceId;
    }

    private static Task Send(HttpContext http, Refusal refusal, Answer answer)
    {
        if (refusal.RetryAfter is { } wait)
            http.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString();
        var problem = Problem.Of(refusal);
        return Problems(http, answer.Outcomes.Count < 2 ? problem : problem with { Files = [.. answer.Outcomes.Select(FileReport.Of)] });
    }

    private static Task Problems(HttpContext http, Problem problem)
    {
        // The body is not wanted any more. With this header Kestrel sends the answer, reads on for a few seconds so that the
        // client can read it instead of a reset, and closes.
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
            http.Response.Headers.Connection = "close";
        return Write(http, problem.Status, problem, Wire.Default.Problem, Problem.MediaType);
    }

    private static Task Write<T>(HttpContext http, int status, T body, JsonTypeInfo<T> type, string mediaType = "application/json")
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, type);
        http.Response.StatusCode = status;
        http.Response.ContentType = mediaType;
        http.Response.ContentLength = bytes.Length;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.CacheControl = "no-store";
        // Without a token: to a client that has left Kestrel writes into nothing, which is no fault.
        return http.Response.Body.WriteAsync(bytes, CancellationToken.None).AsTask();
    }

    private static Task Leave(HttpContext http)
    {
        http.Abort();
        return Task.CompletedTask;
    }
}
