using Uploader.Shared.Addresses;
using Uploader.Shared.Bans;

namespace Uploader.Shared.Ledger;

/// <summary><paramref name="Count"/> failures of one client, kind and second, with the code and path of the first.</summary>
internal readonly record struct FailureRow(long Id, Cidr Client, FailureKind Kind, long AtSeconds, int Count, string Code, string Path);
