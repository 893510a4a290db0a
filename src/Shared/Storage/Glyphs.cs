using System.Globalization;
using System.Text;

namespace Uploader.Shared.Storage;

/// <summary>Which characters a reader can see, and which could hide, reorder or forge what stands beside them.</summary>
internal static class Glyphs
{
    public static bool AreShown(Rune rune) => !IsControl(rune) && !IsInvisible(rune);

    /// <summary>C0, C1, DEL, and the two separators that end a line.</summary>
    public static bool IsControl(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    /// <summary>
    /// Bidi controls, zero-width characters, tags, the byte order mark (category Cf), and the fillers that are letters to Unicode
    /// and blanks to the eye.
    /// </summary>
    public static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x180E or 0x2800;
}
