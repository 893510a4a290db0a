using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Uploader.Inspection;

/// <summary>How the files of a kind begin.</summary>
internal abstract class Signature
{
    /// <summary>Start of image, and the first byte of the segment that follows.</summary>
    public static Signature Jpeg { get; } = new LeadingBytes([0xFF, 0xD8, 0xFF]);

    /// <summary><see href="https://www.w3.org/TR/png-3/#5PNG-file-signature"/></summary>
    public static Signature Png { get; } = new LeadingBytes([0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n']);

    /// <summary>At the first byte. Readers find it within the first kilobyte too, and so would whoever hides something in front of it.</summary>
    public static Signature Pdf { get; } = new LeadingBytes([.. "%PDF-"u8]);

    /// <summary>The local header of a first entry. The end record, with which an empty archive begins, is no document.</summary>
    public static Signature Zip { get; } = new LeadingBytes([.. "PK\x03\x04"u8]);

    /// <summary>The file type box of ISO/IEC 14496-12, 4.3.</summary>
    public static Signature Mp4 { get; } = new FileTypeBox();

    /// <summary>How many bytes decide.</summary>
    public abstract int Length { get; }

    /// <summary>Judges the beginning of a file, of which later bytes may not be there yet. Never undecided from <see cref="Length"/> bytes on.</summary>
    public abstract SignatureVerdict Judge(ReadOnlySpan<byte> start);

    private static SignatureVerdict WhileItFits(bool fits, bool isComplete) =>
        fits ? isComplete ? SignatureVerdict.Match : SignatureVerdict.Undecided : SignatureVerdict.Mismatch;

    private sealed class LeadingBytes(ImmutableArray<byte> bytes) : Signature
    {
        public override int Length => bytes.Length;

        public override SignatureVerdict Judge(ReadOnlySpan<byte> start)
        {
            var known = Math.Min(start.Length, Length);
            return WhileItFits(bytes.AsSpan()[..known].SequenceEqual(start[..known]), known == Length);
        }
    }

    private sealed class FileTypeBox : Signature
    {
        private const int SizeLength = sizeof(uint);

        // Its own header at least; real ones are some tens of bytes. The sizes 0 (until the end of the file) and 1 (64 bits follow) make no sense here.
        private const uint MinSize = 8;
        private const uint MaxSize = 1024 * 1024;

        private static ReadOnlySpan<byte> Type => "ftyp"u8;

        public override int Length => SizeLength + Type.Length;

        public override SignatureVerdict Judge(ReadOnlySpan<byte> start)
        {
            if (start.Length < SizeLength)
                return SignatureVerdict.Undecided;
            if (BinaryPrimitives.ReadUInt32BigEndian(start) is < MinSize or > MaxSize)
                return SignatureVerdict.Mismatch;

            var known = Math.Min(start.Length, Length);
            return WhileItFits(Type[..(known - SizeLength)].SequenceEqual(start[SizeLength..known]), known == Length);
        }
    }
}
