using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Uploader.Web.Receiving;

/// <summary>What one part of a form says of itself (RFC 7578 §4.2).</summary>
/// <param name="Field">The form field's name.</param>
/// <param name="FileName">As the client wrote it; null when the part is no file. Of <c>filename</c> and <c>filename*</c> the latter is taken (RFC 6266 §4.3).</param>
internal readonly record struct FilePart(string Field, string? FileName)
{
    /// <summary>False for a part without a readable <c>Content-Disposition: form-data</c>.</summary>
    public static bool TryRead(MultipartSection section, out FilePart part)
    {
        part = default;
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
            || !disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase)
            || !disposition.Name.HasValue)
        {
            return false;
        }

        var fileName = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
        part = new FilePart(
            HeaderUtilities.RemoveQuotes(disposition.Name).ToString(),
            fileName.HasValue ? HeaderUtilities.RemoveQuotes(fileName).ToString() : null);
        return true;
    }
}
