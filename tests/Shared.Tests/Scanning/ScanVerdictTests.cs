using Uploader.Shared.Scanning;

namespace Shared.Tests.Scanning;

public sealed class ScanVerdictTests
{
    [Theory]
    [InlineData("stream: OK\0", "Clean { }")]
    [InlineData("stream: OK\n", "Clean { }")]
    [InlineData("stream: Eicar-Test-Signature FOUND\0", "Infected { Signature = Eicar-Test-Signature }")]
    [InlineData("stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0", "Unavailable { Reason = Heuristics.Limits.Exceeded.MaxFileSize }")]
    [InlineData("INSTREAM size limit exceeded. ERROR\0", "Unavailable { Reason = INSTREAM size limit exceeded. ERROR }")]
    [InlineData("", "Unavailable { Reason = it closed the connection without an answer }")]
    [InlineData("stream: ", "Unavailable { Reason = stream: }")]
    [InlineData("stream:  FOUND", "Unavailable { Reason = stream:  FOUND }")]
    [InlineData("stream: OK, or so", "Unavailable { Reason = stream: OK, or so }")]
    [InlineData("UNKNOWN COMMAND\0", "Unavailable { Reason = UNKNOWN COMMAND }")]
    public void Only_a_plain_yes_is_clean(string reply, string verdict) => Assert.Equal(verdict, ScanVerdict.Of(reply).ToString());
}
