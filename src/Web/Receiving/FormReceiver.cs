using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Uploader.Web.Admission;
using Uploader.Web.Refusals;

namespace Uploader.Web.Receiving;

/// <summary>Reads a multipart form as a stream, part by part; nothing of it is kept in memory and no file is written but the staged ones.</summary>
internal sealed class FormReceiver(FileReceiver files)
{
    /// <summary>RFC 2046 §5.1.1.</summary>
    private const int LongestBoundary = 70;

    private const int ReadBuffer = 32 << 10;

    /// <summary>Adds what it received to <paramref name="received"/>; the answer is the refusal of the form as a whole, if any.</summary>
    public async Task<Refusal?> Receive(HttpRequest request, UploadForm form, ReceivedForm received, Admitted admitted, CancellationToken aborted)
    {
        if (!TryBoundary(request.ContentType, out var boundary))
            return Catalogue.BadForm.Because("The Content-Type must be multipart/form-data with a boundary.");

        var body = new MeteredBody(request.Body, admitted.Allowance, admitted.Reservation);
        var reader = new MultipartReader(boundary, body, ReadBuffer);
        var otherFields = 0;
        while (await reader.ReadNextSectionAsync(aborted) is { } section)
        {
            if (!FilePart.TryRead(section, out var part))
                return Catalogue.BadForm.Because("Each part needs a Content-Disposition: form-data with a name.");
            if (part.FileName is null)
            {
                if (++otherFields > UploadForm.MaxOtherFields)
                    return Catalogue.BadForm.Because("The form holds too many fields.");
                continue;
            }

            if (form.Misses(part, received.Files.Count) is { } refusal)
                return refusal;
            var file = await files.Receive(part.FileName, section.Body, admitted, aborted);
            received.Add(file);
            if (form.IsSingle && file.Refusal is not null)
                return file.Refusal;
        }

        return received.Files.Count == 0 ? Catalogue.NoFile.Because($"The form holds no file; send one in the field '{form.Field}'.") : null;
    }

    private static bool TryBoundary(string? contentType, out string boundary)
    {
        boundary = "";
        if (!MediaTypeHeaderValue.TryParse(contentType, out var mediaType)
            || !mediaType.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        boundary = HeaderUtilities.RemoveQuotes(mediaType.Boundary).ToString();
        return boundary.Length is > 0 and <= LongestBoundary;
    }
}
