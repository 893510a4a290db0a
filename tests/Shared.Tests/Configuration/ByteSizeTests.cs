using Uploader.Shared.Configuration;

namespace Shared.Tests.Configuration;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("4096", 4096)]
    [InlineData("512B", 512)]
    [InlineData("64KiB", 65536)]
    [InlineData("50MiB", 52428800)]
    [InlineData("50 MiB", 52428800)]
    [InlineData("1GiB", 1073741824)]
    [InlineData("2TiB", 2199023255552)]
    public void It_is_read_as_operators_write_it(string text, long bytes)
    {
        Assert.True(ByteSize.TryParse(text, out var read));
        Assert.Equal(bytes, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("50MB")]
    [InlineData("50M")]
    [InlineData("50mib")]
    [InlineData("-1MiB")]
    [InlineData("1.5GiB")]
    [InlineData("MiB")]
    [InlineData("99999999999999TiB")]
    public void Anything_else_is_refused(string text) => Assert.False(ByteSize.TryParse(text, out _));

    [Theory]
    [InlineData(52428800, "50MiB")]
    [InlineData(52428801, "52428801B")]
    [InlineData(1536, "1536B")]
    [InlineData(0, "0B")]
    public void It_is_written_in_the_largest_unit_that_is_exact(long bytes, string text) => Assert.Equal(text, ByteSize.Write(bytes));
}
