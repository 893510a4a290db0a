namespace Uploader.Shared.Storage;

/// <summary>Mode, owner and group of one inode; <c>0640 fileuploader:www-data</c> when shown.</summary>
internal readonly record struct Permissions(UnixFileMode Mode, uint UserId, uint GroupId)
{
    public override string ToString() =>
        $"{Convert.ToString((int)Mode, 8).PadLeft(4, '0')} {Accounts.UserName(UserId)}:{Accounts.GroupName(GroupId)}";
}
