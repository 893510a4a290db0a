using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Uploader.Shared.Storage;
using Uploader.Web.Receiving;
using Uploader.Web.Refusals;

namespace Web.Tests.Receiving;

public sealed class TransportFailuresTests
{
    private const string Abort = "abort";
    private const string Fault = "fault";

    public static TheoryData<string, bool, string> Outcomes { get; } = new()
    {
        // what went wrong, whether the client is known to have left, what it is
        { "reset", false, Abort },
        { "aborted", false, Abort },
        { "broken framing", false, Abort },
        { "cancelled", true, Abort },
        { "cancelled", false, Fault },
        { "malformed form", false, "bad-form" },
        { "form ends early", false, "bad-form" },
        { "form ends early", true, Abort },
        { "too slow", false, "too-slow" },
        { "refused", false, "too-large" },
        { "disk full", false, "disk-full" },
        { "disk full", true, "disk-full" },
        { "quota", false, "disk-full" },
        { "disk broken", false, Fault },
        { "disk broken", true, Fault },
        { "mistake of ours", false, Fault },
    };

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void What_goes_wrong_is_a_refusal_an_abort_or_a_fault(string failure, bool clientLeft, string outcome)
    {
        var http = new DefaultHttpContext { RequestAborted = new CancellationToken(clientLeft) };
        var exception = Some(failure);

        var judged = TransportFailures.IsAbort(exception, http) ? Abort : TransportFailures.RefusalFor(exception)?.Code ?? Fault;

        Assert.Equal(outcome, judged);
    }

    private static Exception Some(string failure) => failure switch
    {
        "reset" => new ConnectionResetException("reset"),
        "aborted" => new ConnectionAbortedException(),
        "broken framing" => new BadHttpRequestException("Bad chunk size data.", StatusCodes.Status400BadRequest),
        "cancelled" => new OperationCanceledException(),
        "malformed form" => new InvalidDataException("Line length limit 16384 exceeded."),
        "form ends early" => new IOException("Unexpected end of Stream, the content may have already been read by another component."),
        "too slow" => new BadHttpRequestException("Reading the request body timed out.", StatusCodes.Status408RequestTimeout),
        "refused" => new RefusedException(Catalogue.TooLarge),
        "disk full" => new PosixException("pwrite", Errno.NoSpace, "handle"),
        "quota" => new PosixException("pwrite", Errno.QuotaExceeded, "handle"),
        "disk broken" => new PosixException("pwrite", 5, "handle"),
        _ => new InvalidOperationException(),
    };
}
