using Uploader.Shared.Bans;

namespace Uploader.Web.Refusals;

/// <summary>Every refusal there is. Nothing else writes a 4xx or a 507.</summary>
internal static class Catalogue
{
    public static readonly Refusal Banned = new(403, "banned", "Banned", "Requests from this address are refused for a while.");
    public static readonly Refusal RateLimited = new(429, "rate-limited", "Too many requests", "Slow down and send the request again.");
    public static readonly Refusal NoKey = new(401, "no-key", "Unauthorized", UnauthorizedDetail, FailureKind.Auth);
    public static readonly Refusal BadKey = new(401, "bad-key", "Unauthorized", UnauthorizedDetail, FailureKind.Auth);
    public static readonly Refusal BadForm = new(400, "bad-form", "Bad request", "Send the file as multipart/form-data.", FailureKind.Abuse);
    public static readonly Refusal NoFile = new(400, "no-file", "Bad request", "The form holds no file.", FailureKind.Abuse);
    public static readonly Refusal TypeNotAllowed = new(400, "type-not-allowed", "Invalid file type", "Files of this type are not accepted.", FailureKind.Abuse);
    public static readonly Refusal ContentMismatch = new(400, "content-mismatch", "Invalid file type", "The content is not what the file's extension says.", FailureKind.Abuse);
    public static readonly Refusal TooLarge = new(413, "too-large", "File too large", "The file is larger than is accepted.", FailureKind.Abuse);
    public static readonly Refusal TooSlow = new(408, "too-slow", "Request timeout", "The body arrived too slowly.");
    public static readonly Refusal DiskFull = new(507, "disk-full", "Insufficient storage", "There is no room for this file at present.");
    public static readonly Refusal Busy = new(503, "busy", "Busy", "Too many uploads are under way; try again shortly.") { RetryAfter = TimeSpan.FromSeconds(1) };
    public static readonly Refusal NotFound = new(404, "not-found", "Not found", "There is nothing here.");
    public static readonly Refusal MethodNotAllowed = new(405, "method-not-allowed", "Method not allowed", "Send a POST request.");

    // One sentence for both: whether a key was missing or wrong is nobody's business.
    private const string UnauthorizedDetail = "Send a valid key in the X-API-KEY header, and nowhere else.";

    public static IReadOnlyList<Refusal> All { get; } =
    [
        Banned, RateLimited, NoKey, BadKey, BadForm, NoFile, TypeNotAllowed, ContentMismatch,
        TooLarge, TooSlow, DiskFull, Busy, NotFound, MethodNotAllowed,
    ];
}
