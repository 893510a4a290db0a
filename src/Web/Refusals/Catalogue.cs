using System.Collections.Frozen;
using Uploader.Inspection;
using Uploader.Shared.Bans;

namespace Uploader.Web.Refusals;

/// <summary>Every refusal there is. Nothing else writes a 4xx or a 507.</summary>
internal static class Catalogue
{
    public static readonly Refusal Banned = new(403, "banned", "Banned", "Requests from this address are refused for a while.");
    public static readonly Refusal RateLimited = new(429, "rate-limited", "Too many requests", "Slow down and send the request again.");
    public static readonly Refusal NoKey = new(401, "no-key", "Unauthorized", UnauthorizedDetail, FailureKind.Auth);
    public static readonly Refusal BadKey = new(401, "bad-key", "Unauthorized", UnauthorizedDetail, FailureKind.Auth);
    public static readonly Refusal ExpiredKey = new(401, "expired-key", "Unauthorized", "The key has expired; ask whoever gave it to you for a new one.", FailureKind.Auth);

    // To be told that a key is right but the place is wrong is worth something to whoever stole it.
    public static readonly Refusal KeyNotFromHere = new(401, "key-not-from-here", "Unauthorized", UnauthorizedDetail, FailureKind.Auth) { ToldAs = BadKey.Code };

    public static readonly Refusal BadForm = new(400, "bad-form", "Bad request", "Send the file as multipart/form-data.", FailureKind.Abuse);
    public static readonly Refusal NoFile = new(400, "no-file", "Bad request", "The form holds no file.", FailureKind.Abuse);
    public static readonly Refusal TypeNotAllowed = new(400, "type-not-allowed", "Invalid file type", "Files of this type are not accepted.", FailureKind.Abuse);
    public static readonly Refusal TypeNotForKey = new(400, "type-not-for-key", "Invalid file type", "Files of this type are not accepted with this key.", FailureKind.Abuse);
    public static readonly Refusal TooLarge = new(413, "too-large", "File too large", "The file is larger than is accepted.", FailureKind.Abuse);
    public static readonly Refusal TooLargeForKey = new(413, "too-large-for-key", "File too large", "The file is larger than is accepted with this key.", FailureKind.Abuse);
    public static readonly Refusal LargerThanQuota = new(413, "larger-than-quota", "File too large", "This is more than can be stored a day with this key.", FailureKind.Abuse);
    public static readonly Refusal QuotaUsedUp = new(429, "quota-used-up", "Quota used up", "As much as can be stored today with this key has been; go on tomorrow (UTC).");
    public static readonly Refusal TooSlow = new(408, "too-slow", "Request timeout", "The body arrived too slowly.");
    public static readonly Refusal DiskFull = new(507, "disk-full", "Insufficient storage", "There is no room for this file at present.");
    public static readonly Refusal Busy = new(503, "busy", "Busy", "Too many uploads are under way; try again shortly.") { RetryAfter = TimeSpan.FromSeconds(1) };
    public static readonly Refusal Infected = new(400, "infected", "Infected file", "The virus scanner finds malware in this file.", FailureKind.Abuse);
    public static readonly Refusal ScannerUnavailable = new(503, "scanner-unavailable", "Busy", "Files cannot be checked at present; try again later.") { RetryAfter = TimeSpan.FromSeconds(30) };
    public static readonly Refusal NotFound = new(404, "not-found", "Not found", "There is nothing here.");
    public static readonly Refusal MethodNotAllowed = new(405, "method-not-allowed", "Method not allowed", "Send a POST request.");

    /// <summary>What inspection refuses: one refusal a rule.</summary>
    private static readonly FrozenDictionary<Rule, Refusal> Inspected =
        Rules.All.ToFrozenDictionary(rule => rule, rule => new Refusal(400, rule.Code, "Invalid file type", rule.Detail, FailureKind.Abuse) { Weight = rule.IsHostile ? 2 : 1 });

    // What to do is the same, whether a key was missing or wrong; which of the two it was, the client knows (docs/adr/0020).
    private const string UnauthorizedDetail = "Send a valid key in the X-API-KEY header, and nowhere else.";

    public static IReadOnlyList<Refusal> All { get; } =
    [
        Banned, RateLimited, NoKey, BadKey, ExpiredKey, KeyNotFromHere, BadForm, NoFile, TypeNotAllowed, TypeNotForKey,
        TooLarge, TooLargeForKey, LargerThanQuota, QuotaUsedUp, TooSlow, DiskFull, Busy, Infected, ScannerUnavailable, NotFound, MethodNotAllowed,
        .. Rules.All.Select(Of),
    ];

    public static Refusal Of(Rule rule) => Inspected[rule];

    public static Refusal Of(Breach breach) => Of(breach.Rule) with { Evidence = $"{breach.What}, at byte {breach.Offset}" };
}
