using Microsoft.Extensions.Time.Testing;
using Support.Ledger;
using Uploader.Web.Scanning;

namespace Web.Tests.Scanning;

public sealed class ScannerSignTests
{
    [Fact]
    public void Both_the_end_and_the_return_of_its_work_are_told_once()
    {
        var (time, log) = (new FakeTimeProvider(), new EventLog<ScannerSign>());
        var sign = new ScannerSign(time, log);

        sign.Hear(trouble: null);
        Assert.Empty(log.Of("ScannerRecovered"));
        sign.Hear("it is away");
        time.Advance(TimeSpan.FromSeconds(70));
        sign.Hear("it is away for another reason");
        sign.Hear(trouble: null);
        sign.Hear(trouble: null);
        Assert.Equal(["The virus scanner does not do its work (it is away): uploads are refused until it does"], log.Of("ScannerUnavailable"));
        Assert.Equal(["The virus scanner does its work again after 70 s"], log.Of("ScannerRecovered"));

        sign.Hear("it is away again");
        Assert.Equal(2, log.Of("ScannerUnavailable").Count());
    }
}
