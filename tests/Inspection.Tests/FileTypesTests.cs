using Uploader.Inspection;

namespace Inspection.Tests;

public sealed class FileTypesTests
{
    [Fact]
    public void The_six_types_of_the_contract_are_known() =>
        Assert.Equal(["jpg", "jpeg", "png", "pdf", "docx", "mp4"], FileTypes.SupportedExtensions);

    [Theory]
    [InlineData("a.png", "png", "image/png")]
    [InlineData("a.PNG", "png", "image/png")]
    [InlineData("a.jpg", "jpg", "image/jpeg")]
    [InlineData("a.JpEg", "jpeg", "image/jpeg")]
    [InlineData("a.php.pdf", "pdf", "application/pdf")]
    [InlineData("../../etc/x.mp4", "mp4", "video/mp4")]
    [InlineData(".docx", "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("a\0.png", "png", "image/png")]
    public void The_last_extension_decides_in_any_case(string name, string extension, string mediaType)
    {
        Assert.True(FileTypes.TryFindByName(name, out var type));
        Assert.Equal((extension, mediaType), (type.Extension, type.MediaType));
    }

    [Theory]
    [InlineData("")]
    [InlineData("png")]
    [InlineData("a.")]
    [InlineData("a.png.")]
    [InlineData("a.png ")]
    [InlineData("a.png\0")]
    [InlineData("a.png\n")]
    [InlineData("a.png/")]
    [InlineData("a.png.php")]
    [InlineData("a.php")]
    [InlineData("a.ｐｎｇ")]
    [InlineData("a.\u202egnp")]
    [InlineData("a.pngx")]
    [InlineData("a.svg")]
    public void Any_other_extension_is_not_known(string name) => Assert.False(FileTypes.TryFindByName(name, out _));
}
