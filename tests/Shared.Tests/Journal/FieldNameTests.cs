using Uploader.Shared.Journal;

namespace Shared.Tests.Journal;

public sealed class FieldNameTests
{
    [Theory]
    [InlineData("FreeBytes", "UPLOADER_FREE_BYTES")]
    [InlineData("Client", "UPLOADER_CLIENT")]
    [InlineData("client", "UPLOADER_CLIENT")]
    [InlineData("TraceId", "UPLOADER_TRACE_ID")]
    [InlineData("HTTPStatus", "UPLOADER_HTTP_STATUS")]
    [InlineData("Sha256", "UPLOADER_SHA256")]
    [InlineData("Sha256Hash", "UPLOADER_SHA256_HASH")]
    [InlineData("EarlierBans", "UPLOADER_EARLIER_BANS")]
    [InlineData("ID", "UPLOADER_ID")]
    [InlineData("a b-c.d", "UPLOADER_A_B_C_D")]
    [InlineData("0", "UPLOADER_0")]
    [InlineData("_PID", "UPLOADER__PID")]
    [InlineData("Größe", "UPLOADER_GR__E")]
    [InlineData("A=B\nMESSAGE", "UPLOADER_A_B_MESSAGE")]
    [InlineData("", "UPLOADER_")]
    public void A_property_becomes_a_field_of_ours(string property, string field) =>
        Assert.Equal(field, FieldName.Of(property));

    [Theory]
    [InlineData(54)]
    [InlineData(55)]
    [InlineData(56)]
    [InlineData(4_000)]
    public void A_name_is_never_longer_than_journald_takes(int length)
    {
        Assert.InRange(FieldName.Of(new string('x', length)).Length, 1, 64);
        Assert.InRange(FieldName.Of(string.Concat(Enumerable.Repeat("xY", length / 2))).Length, 1, 64);
    }
}
