using System.Collections.Frozen;

namespace Uploader.Shared.Journal;

/// <summary>The journald <c>MESSAGE_ID</c> of each event: 128 random bits, chosen once (<c>systemd-id128 new</c>) and never changed.</summary>
internal static class MessageIds
{
    private static readonly FrozenDictionary<int, string> ByEvent = new Dictionary<int, string>
    {
        // Life of a process
        [1] = "eb8eb2eb21974b598b6f84b4c1aba8f5", // Started
        [2] = "8dcf2954a75d4242b421d440656bbf32", // Stopping
        [3] = "34a14fa2ccf942afa1949e7fb3d9ff21", // ConfigurationRejected
        [4] = "378b8b9f4b53466591be4bb2d75e04d8", // ClockStepped
        [5] = "645c649bdd3945b48165b4c85bb79afa", // LogEventsDropped
        // The way of an upload
        [10] = "3bc44824408540ab9585c304438d5ff6", // UploadAccepted
        [11] = "31fa467d3cdb403aa0b0ce99b249ba69", // UploadRefused
        [12] = "29ec3e04a24f4fd59c255912b7c0f7ff", // AuthFailure
        [13] = "badcc7177b254dc7b9e18c74bcb9503c", // UploadFaulted
        [14] = "4c18059a68b248aa95b48ab8735944b0", // RefusalsNotLogged
        [15] = "650cde5a4b5e4ea685085c86da8389cc", // MetadataUnsupported
        [16] = "d52d088ed6e4499d985ebd675dd1a8fb", // SlowSyncs
        [17] = "37b7579df12945a6b97bca7da38ae9d6", // RuleReported
        [18] = "3c4a9b1f80ef47999fe4272f1c9f493c", // ScannerUnavailable
        [19] = "c25ad12492df486a9c7e4b24487fd613", // ScannerRecovered
        // Keys
        [20] = "ad5d0e8b6abc4e55b2da05daba546a4b", // KeyFileReloaded
        [21] = "06ef416decc94b559c57c3c48a3b6c35", // KeyFileLineRejected
        [22] = "b8aecbab9fe949c0bfa5491682d0ec70", // KeyFileUnreadable
        [23] = "713fe019e83540a38d061610d2911c31", // NoKeys
        [24] = "943b10d5b46244098f53a948489cc8c9", // KeyRefused
        [25] = "36c2b4f509e3434992bef9ac86b01375", // QuotasNotMeasured
        // The way of a ban
        [30] = "ff6f891d4bd8430fac779ae564da8cf4", // Banned
        [31] = "e8b60a2989754c7d8db03edbb592cc35", // Unbanned
        [32] = "7144f205b98f49f4be74020115ff6410", // FailuresDropped
        [33] = "bc1eb2c47f3942b7b69f8e58a423a763", // BansCatchUp
        [34] = "9b3a6e125156491e91159cc50aab0195", // BansNotLogged
        // The ledger
        [40] = "36ada2abf49741a5b77ed0201add9fcb", // LedgerQuarantined
        [41] = "19a4bd2ff2d847f2a4984ca641aabf63", // LedgerUnavailable
        [42] = "994932f52b5e41278a07ff86727ffb54", // LedgerRecovered
        [43] = "9cd34d737c9346988d0c6e2198701ac5", // LedgerTrimmed
        [44] = "f4a8941bc3974a9fa8c33b4b0831b05b", // ManualBansAdopted
        [45] = "6d779d37ea77406b845733c677fb485a", // ManualBanRejected
        [46] = "99411d813089482d961afde84b33f942", // BansRestored
        // The disk
        [50] = "8d16149c53f844ca8db6af4c86b8c78e", // DiskLevelChanged
        [51] = "cb2c34c197174e189dab7c498c573c18", // WalkIncomplete
        // Permissions and staging
        [60] = "16f1cf31b4694aedb40f589f33780c0f", // DriftRepaired
        [61] = "dafad3af9b4c46148d8a197af0d40daf", // DriftNotRepaired
        [62] = "10da3b90f029408b935a721f94e3edc8", // ForeignObject
        [63] = "c68d735b8a6746279c3d883bffb81455", // DriftSwept
        [64] = "c8faed59cdf54f9081c6af0ad1dbc502", // StagingSwept
        // The schedule
        [70] = "11d6928442954f75b7f02de57773b53a", // JobFailed
        [71] = "8260eb73a49a40669b7b50005079d57e", // ScheduleStalled
        [72] = "271b7ea669d24597acb926727ce74fd2", // LoopStalled
    }.ToFrozenDictionary();

    /// <summary>32 hex digits, or null for an event that is not in the catalogue (a framework's own).</summary>
    public static string? Of(int eventId) => ByEvent.GetValueOrDefault(eventId);

    public static IEnumerable<KeyValuePair<int, string>> All => ByEvent;
}
