using Microsoft.AspNetCore.Connections;
using Uploader.Shared.Storage;
using Uploader.Web.Refusals;

namespace Uploader.Web.Receiving;

/// <summary>The one place that turns what goes wrong while a body is read and staged into an outcome: a refusal, an abort, or (left to fly) a fault.</summary>
internal static class TransportFailures
{
    /// <summary>The client went away: there is nobody to answer.</summary>
    public static bool IsAbort(Exception e, HttpContext http) => e switch
    {
        ConnectionResetException or ConnectionAbortedException => true,
        OperationCanceledException => http.RequestAborted.IsCancellationRequested,
        // Broken chunk framing or a body that ends early: Kestrel closes such a connection itself.
        BadHttpRequestException bad => bad.StatusCode == StatusCodes.Status400BadRequest,
        _ => http.RequestAborted.IsCancellationRequested && e is IOException and not PosixException,
    };

    /// <summary>What the client is told; null for a fault, which is not the client's doing.</summary>
    public static Refusal? RefusalFor(Exception e) => e switch
    {
        RefusedException refused => refused.Refusal,
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => Catalogue.TooSlow,
        PosixException { IsDiskFull: true } => Catalogue.DiskFull,
        PosixException => null,
        // The multipart reader's words for a form that ends early, has no boundary, or has headers without end.
        InvalidDataException or IOException => Catalogue.BadForm.Because("The form is malformed or incomplete."),
        _ => null,
    };
}
