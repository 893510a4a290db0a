using System.Globalization;
using System.Text.Json.Serialization;
using Uploader.Shared.Keys;

namespace Uploader.Ctl.Keys;

/// <summary>A line of the key file as programs read it: never the hash, of which the key's owner alone has the other end, but enough to tell two apart.</summary>
/// <param name="Line">Counted from 1.</param>
/// <param name="Name">Null when the line does not begin with one.</param>
/// <param name="State"><c>in-force</c>, <c>expired</c> or <c>rejected</c>.</param>
/// <param name="Reason">Why it was rejected.</param>
/// <param name="Since">The day it was made, where its comment says so.</param>
/// <param name="Fingerprint">The first 8 hex digits of the hash.</param>
/// <param name="Expires">The first instant at which it is no longer good.</param>
/// <param name="MaxSize">Bytes.</param>
/// <param name="Types">Extensions.</param>
/// <param name="BytesPerDay">Bytes.</param>
/// <param name="From">Addresses and ranges.</param>
/// <param name="Comment">What else the comment says.</param>
internal sealed record KeyReport(
    int Line, string? Name, string State, string? Reason, DateOnly? Since, string? Fingerprint,
    DateTimeOffset? Expires, long? MaxSize, IReadOnlyList<string>? Types, long? BytesPerDay, IReadOnlyList<string>? From, string Comment)
{
    public const string InForce = "in-force";
    public const string Expired = "expired";
    public const string Rejected = "rejected";

    private const string SincePrefix = "since ";
    private const string SinceFormat = "yyyy-MM-dd";
    private const int FingerprintBytes = 4;

    public static KeyReport Of(KeyLine line, DateTimeOffset now)
    {
        var (since, comment) = ReadComment(line.Comment);
        var options = line.Key?.Options ?? KeyOptions.None;
        return new KeyReport(
            line.Number,
            line.Name,
            line.Key is null ? Rejected : options.IsExpired(now) ? Expired : InForce,
            line.Rejection,
            since,
            line.Key is null ? null : Convert.ToHexStringLower(line.Sha256.AsSpan()[..FingerprintBytes]),
            options.Expires,
            options.MaxSize,
            options.Types,
            options.BytesPerDay,
            options.From?.Ranges.Select(range => range.ToString()).ToArray(),
            comment);
    }

    /// <summary>What <see cref="Of"/> finds the day in again.</summary>
    public static string CommentOf(DateTimeOffset now, string comment) =>
        $"{SincePrefix}{now.UtcDateTime.ToString(SinceFormat, CultureInfo.InvariantCulture)} {comment}".TrimEnd();

    private static (DateOnly? Since, string Text) ReadComment(string comment)
    {
        var end = SincePrefix.Length + SinceFormat.Length;
        return comment.StartsWith(SincePrefix, StringComparison.Ordinal)
            && comment.Length >= end
            && DateOnly.TryParseExact(comment.AsSpan()[SincePrefix.Length..end], SinceFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var since)
            ? (since, comment[end..].TrimStart())
            : (null, comment);
    }
}

/// <summary>A new key as programs read it, the only time it is shown.</summary>
/// <param name="Key">What the client sends.</param>
internal sealed record NewKeyReport(string Name, string Key, string File, int Line, DateTimeOffset? Expires);

/// <summary>What was done to the keys of a name that were there before.</summary>
/// <param name="Removed">Lines, by the numbers they had.</param>
internal sealed record RevokedReport(string Name, string File, int[] Removed);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(KeyReport[]))]
[JsonSerializable(typeof(NewKeyReport))]
[JsonSerializable(typeof(RevokedReport))]
internal sealed partial class KeysJson : JsonSerializerContext;
