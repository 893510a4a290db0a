using System.Text.Json.Serialization;

namespace Uploader.Ctl.Bans;

/// <summary>Whether the web process has taken over what the ledger says of a client.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WebTier>))]
internal enum WebTier
{
    /// <summary>It is not running, or has not read the bans yet.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,

    [JsonStringEnumMemberName("not-yet")]
    NotYet,

    [JsonStringEnumMemberName("current")]
    Current,
}
