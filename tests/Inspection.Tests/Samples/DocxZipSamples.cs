using System.Buffers.Binary;
using Uploader.Inspection;
using static Inspection.Tests.Samples.DocxBuilder;

namespace Inspection.Tests.Samples;

/// <summary>Word documents whose ZIP file is not what it should be; and a few that look odd and are right.</summary>
internal static class DocxZipSamples
{
    private static readonly ZipPart Text = new("word/notes.xml", "<notes/>");

    public static IEnumerable<Sample> All { get; } =
    [
        .. Right(), .. Broken(), .. Wide(), .. Names(), .. Kinds(), .. Bombs(),
    ];

    private static IEnumerable<Sample> Right() =>
    [
        Is(Sample.Accepted, "builder", "what the builder makes", () => With(Text)),
        Is(Sample.Accepted, "stored", "every part stored", () => ZipBuilder.Write(Parts(Text).Select(part => part with { IsStored = true }))),
        Is(Sample.Accepted, "descriptors", "sizes after the data, as streams write them", () => Described(ZipPart.SignedDescriptor)),
        Is(Sample.Accepted, "bare-descriptors", "sizes after the data, without signature", () => Described(ZipPart.BareDescriptor)),
        Is(Sample.Accepted, "folders", "entries for folders", () => With(Text, new ZipPart("word/", "") { IsStored = true, Attributes = 0x41ED0010 })),
        Is(Sample.Accepted, "growth-hint", "Word's padding", () => With(Text with { LocalExtra = ZipBuilder.ExtraField(0xA220, [0x28, 0xA0, 0, 1, .. new byte[200]]) })),
        Is(Sample.Accepted, "directory-in-another-order", "entries that lie in another order than the directory has them", () => Swapped(With(Text))),
        Is(Sample.Accepted, "empty-part", "a part of no bytes", () => With(new ZipPart("customXml/item1.xml", "") { IsStored = true })),
        Is(Sample.Accepted, "utf8-name", "a picture with a name in Chinese", () => With(new ZipPart("word/media/图片1.png", "x") { Flags = 0x800 })),
        Is(Sample.Accepted, "archive-comment-of-docx-rs", "the comment that docx-rs writes", () => [.. ZipBuilder.Write(Parts(), end: record => ZipBuilder.Put16(record, 20, 6)), .. "zip-rs"u8]),
        Is(Sample.Accepted, "newline-behind", "a line feed behind the end", () => [.. With(), (byte)'\n']),
        Is(Sample.Accepted, "trash", "freed space that Office keeps", () => With(new ZipPart("[trash]/0000.dat", new byte[100]))),
    ];

    private static IEnumerable<Sample> Broken() =>
    [
        .. Wrong("docx-structure", [
            ("no-end-record", "cut before the end record", () => With()[..^22]),
            ("half-an-end-record", "cut within the end record", () => With()[..^7]),
            ("archive-comment", "a comment of the archive", () => [.. ZipBuilder.Write(Parts(), end: record => ZipBuilder.Put16(record, 20, 5)), .. "hello"u8]),
            ("archive-comment-more", "another comment that begins like that of docx-rs", () => [.. ZipBuilder.Write(Parts(), end: record => ZipBuilder.Put16(record, 20, 7)), .. "zip-rs!"u8]),
            ("archive-comment-other", "another comment as long as that of docx-rs", () => [.. ZipBuilder.Write(Parts(), end: record => ZipBuilder.Put16(record, 20, 6)), .. "zip-rz"u8]),
            ("archive-comment-and-newline", "the comment of docx-rs and a line feed", () => [.. ZipBuilder.Write(Parts(), end: record => ZipBuilder.Put16(record, 20, 6)), .. "zip-rs\n"u8]),
            ("newline-as-comment", "a comment that is a line feed", () => [.. ZipBuilder.Write(Parts(), end: record => ZipBuilder.Put16(record, 20, 1)), (byte)'\n']),
            ("other-disk", "an archive of two disks", () => ZipBuilder.Write(Parts(), end: record => ZipBuilder.Put16(record, 4, 1))),
            ("counts-differ", "two numbers of entries", () => ZipBuilder.Write(Parts(), end: record => ZipBuilder.Put16(record, 8, 2))),
            ("entry-more", "an entry more than there is", () => ZipBuilder.Write(Parts(), end: record => Both(record, 4))),
            ("entry-fewer", "an entry fewer than there is", () => ZipBuilder.Write(Parts(), end: record => Both(record, 2))),
            ("directory-elsewhere", "a directory that is said to be one byte later", () => ZipBuilder.Write(Parts(), end: record => record[16]++)),
            ("directory-too-short", "a directory that is said to be shorter", () => ZipBuilder.Write(Parts(), end: record => record[12]--)),
            ("signed-directory", "a signature between directory and end record", () => ZipBuilder.Write(Parts(), before: [.. "PK\x05\x05"u8, 0, 0])),
            ("zip64-locator-lost", "numbers in a zip64 record that is not there", () => ZipBuilder.Write(Parts(), end: record => ZipBuilder.Put32(record, 16, uint.MaxValue))),
            ("gap-before-directory", "bytes between the last entry and the directory", () => ZipBuilder.Write(Parts(), gap: [1, 2, 3])),
            ("php-before-directory", "a script between the last entry and the directory", () => ZipBuilder.Write(Parts(), gap: [.. "<?php phpinfo(); ?>"u8])),
            ("gap-between-entries", "a byte after an entry", () => With(Text with { Descriptor = _ => [0] }, Text with { Name = "word/b.xml", RawName = [.. "word/b.xml"u8] })),
            ("hidden-entry", "an entry that the directory does not have", () => With(new ZipPart("word/evil.xml", "<evil/>") { IsHidden = true }, Text)),
            ("hidden-first-entry", "a first entry that the directory does not have", () => ZipBuilder.Write([new ZipPart("a.txt", "x") { IsHidden = true }, .. Parts()])),
            ("only-hidden", "an empty directory", () => ZipBuilder.Write(Parts().Select(part => part with { IsHidden = true }))),
            ("overlap", "two entries of the directory for one in the file", () => With(Text, Text with { Name = "word/b.xml", RawName = [.. "word/b.xml"u8], Central = header => ZipBuilder.Put32(header, 42, 0) })),
            ("entry-comment", "a comment of an entry", () => With(Text with { Comment = "hello" })),
            ("entry-on-another-disk", "an entry on another disk", () => With(Text with { Central = header => header[34] = 1 })),
            ("local-name-differs", "another name in the local header", () => With(Text with { LocalName = [.. "word/xotes.xml"u8] })),
            ("local-name-shorter", "a shorter name in the local header", () => With(Text with { LocalName = [.. "w"u8] })),
            ("local-method-differs", "another method in the local header", () => With(Text with { Local = header => header[8] = 0 })),
            ("local-flags-differ", "other flags in the local header", () => With(Text with { Local = header => header[6] = 2 })),
            ("local-crc-differs", "another checksum in the local header", () => With(Text with { Local = header => header[14]++ })),
            ("local-size-differs", "another size in the local header", () => With(Text with { Local = header => header[22]++ })),
            ("local-packed-differs", "another packed size in the local header", () => With(Text with { Local = header => header[18]++ })),
            ("local-signature", "no local header", () => With(Text with { Local = header => header[0] = 0 })),
            ("descriptor-missing", "no data descriptor where one is promised", () => With(Text with { Flags = 8 })),
            ("descriptor-lies", "a data descriptor with another size", () => With(Text with { Flags = 8, Descriptor = part => ZipPart.BareDescriptor(part with { Size = 9 }) })),
            ("descriptor-signature", "a data descriptor with another signature", () => With(Text with { Flags = 8, Descriptor = part => [.. "PK\x07\x09"u8, .. ZipPart.BareDescriptor(part)] })),
            ("descriptor-too-long", "something behind a data descriptor", () => With(Text with { Flags = 8, Descriptor = part => [.. ZipPart.SignedDescriptor(part), 0] })),
            ("crc", "content without its checksum", () => With(Text with { Crc = 1 })),
            ("size-larger", "less content than is said", () => With(Text with { Size = 100 })),
            ("deflate-tail", "a script behind the end of packed content", () => With(Text with { Packed = [.. ZipPart.Deflate(Text.Content), .. "<? system(1)"u8] })),
            ("deflate-tail-of-one", "a byte behind the end of packed content", () => With(Text with { Packed = [.. ZipPart.Deflate(Text.Content), 0] })),
            ("deflate-cut", "packed content that ends early", () => With(Text with { Packed = ZipPart.Deflate(Text.Content)[..^1] })),
            ("deflate-garbage", "what does not unpack", () => With(Text with { Packed = [.. Enumerable.Repeat((byte)0xFF, 20)] })),
            ("deflate-nothing", "packed content of no bytes", () => With(new ZipPart("customXml/item1.xml", "") { Packed = [] })),
            ("method-bzip2", "a method that no document has", () => With(Text with { Method = 12 })),
            ("method-deflate64", "a method that no document has", () => With(Text with { Method = 9 })),
            ("method-lzma", "a method that no document has", () => With(Text with { Method = 14 })),
            ("flag-patch", "a patch", () => With(Text with { Flags = 1 << 5 })),
            ("flag-unknown", "a flag without meaning", () => With(Text with { Flags = 1 << 14 })),
            ("extra-unknown", "an extra field that nobody writes", () => With(Text with { Extra = ZipBuilder.ExtraField(0xBEEF, 1, 2, 3) })),
            ("extra-jar", "the mark of a program for Java", () => With(Text with { LocalExtra = ZipBuilder.ExtraField(0xCAFE) })),
            ("extra-unicode-path", "a second name", () => With(Text with { Extra = ZipBuilder.ExtraField(0x7075, [1, 0, 0, 0, 0, .. "evil"u8]) })),
            ("extra-ragged", "an extra field that is longer than its header", () => With(Text with { Extra = [0x55, 0x54, 9, 0, 1] })),
            ("extra-text-in-hint", "text in Word's padding", () => With(Text with { LocalExtra = ZipBuilder.ExtraField(0xA220, [0x28, 0xA0, 0, 1, .. "hidden"u8]) })),
            ("extra-too-long", "five thousand bytes of padding", () => With(Text with { LocalExtra = ZipBuilder.ExtraField(0xA220, [0x28, 0xA0, 0, 1, .. new byte[5000]]) })),
            ("folder-with-content", "a folder that holds bytes", () => With(new ZipPart("word/", "x") { IsStored = true })),
        ]),
        Is(Rules.TrailingData, "newlines-behind", "two line feeds behind the end", () => [.. With(), .. "\n\n"u8]),
        Is(Rules.TrailingData, "return-behind", "a line's end as on Windows behind the end", () => [.. With(), .. "\r\n"u8]),
        Is(Rules.TrailingData, "space-behind", "a space behind the end", () => [.. With(), (byte)' ']),
        Is(Rules.TrailingData, "php-behind", "a script behind the end", () => [.. With(), .. "<?php phpinfo(); ?>"u8]),
        Is(Rules.Polyglot, "rar-behind", "another archive behind the end", () => [.. With(), .. "Rar!\x1a\x07\x00"u8, .. new byte[40]]),
        Is("docx-structure", "zip-behind", "a second archive behind the end", () => [.. With(), .. With(Text)]),
        Is(Rules.DocxEncrypted, "encrypted", "an encrypted part", () => With(Text with { Flags = 1 })),
        Is(Rules.DocxEncrypted, "strongly-encrypted", "a strongly encrypted part", () => With(Text with { Flags = 1 << 6 })),
        Is(Rules.DocxEncrypted, "masked", "an encrypted directory", () => With(Text with { Flags = 1 << 13 })),
        Is(Rules.ContentMismatch, "elf-before", "a program in front", () => [0x7F, .. "ELF"u8, .. new byte[60], .. With()]),
        Is(Rules.ContentMismatch, "empty-archive", "an end record alone", () => ZipBuilder.Write([])),
    ];

    /// <summary>With numbers of 64 bits (APPNOTE 4.3.14 to 4.3.16, and 4.5.3).</summary>
    private static IEnumerable<Sample> Wide() =>
    [
        Is(Sample.Accepted, "wide-records", "end records of both kinds that agree", () => WithRecords()),
        Is(Sample.Accepted, "wide-records-alone", "numbers in the zip64 end record only", () => WithRecords(end: AllOnes)),
        Is(Sample.Accepted, "wide-entries", "every number of every entry in zip64 fields", () => WithRecords(end: AllOnes, parts: Parts(Text).Select(Widened))),
        Is(Sample.Accepted, "wide-size-alone", "one size in a zip64 field, as Info-ZIP writes it in the directory", () => With(Text with { Extra = Field(Text.Content.Length), Central = header => ZipBuilder.Put32(header, 24, uint.MaxValue) })),
        Is(Sample.Accepted, "wide-not-needed", "a zip64 field that says the same, as Python writes it", () => With(Text with { LocalExtra = Field(Text.Content.Length, Text.PackedBytes.Length) })),
        Is(Sample.Accepted, "wide-blank", "a local zip64 field that is not needed and blank, as Pages writes it", () => With(Text with { LocalExtra = Field(0, 0) })),
        Is(Sample.Accepted, "wide-descriptors", "sizes of 64 bits after the data", () => Described(WideDescriptor)),
        Is(Sample.Accepted, "wide-bare-descriptors", "sizes of 64 bits after the data, without signature", () => Described(part => WideDescriptor(part)[4..])),
        .. Wrong("docx-structure", [
            ("wide-record-elsewhere", "a zip64 end record that is not where its locator says", () => WithRecords(locator: locator => locator[8]++)),
            ("wide-record-beyond", "a zip64 end record beyond the file", () => WithRecords(locator: locator => Put64(locator, 8, ulong.MaxValue))),
            ("wide-record-at-once", "a zip64 end record at the file's first byte", () => WithRecords(locator: locator => Put64(locator, 8, 0))),
            ("wide-record-missing", "a locator without a record", () => WithRecords(record: record => record[0] = 0)),
            ("wide-record-cut", "a locator in front of which no record has room", () => [.. "PK\x03\x04"u8, .. Locator(0, 1), .. "PK\x05\x06"u8, .. new byte[18]]),
            ("wide-locator-missing", "a record without its locator", () => WithRecords(locator: locator => locator[0] = 0)),
            ("wide-locator-left-out", "a record without a locator", () => ZipBuilder.Write(Parts(), before: Record(3, 0, 0))),
            ("wide-locator-left-out-but-counted", "a record without a locator, as part of the directory", () => ZipBuilder.Write(Parts(), before: Record(3, 0, 0), end: record => ZipBuilder.Put32(record, 12, Little32(record, 12) + 56))),
            ("wide-record-other-count", "a record with another number of entries", () => WithRecords(record: record => record[32]++)),
            ("wide-record-other-counts", "a record with two other numbers of entries", () => WithRecords(record: record => (record[24], record[32]) = (2, 2))),
            ("wide-record-counts-differ", "a record with two numbers of entries", () => WithRecords(end: AllOnes, record: record => record[24]++)),
            ("wide-record-other-size", "a record with another size of the directory", () => WithRecords(record: record => record[40]++)),
            ("wide-record-other-offset", "a record with another place of the directory", () => WithRecords(record: record => record[48]++)),
            ("wide-record-second-directory", "a record of another directory than the end record has", () => WithRecords(record: record => (record[24], record[32], record[40], record[48]) = (0, 0, 0, 0))),
            ("wide-record-negative-offset", "a directory in front of the file", () => WithRecords(end: AllOnes, record: record => Put64(record, 48, unchecked((ulong)-1L)))),
            ("wide-record-offset-wraps", "a place and a size that are right together only", () => WithRecords(end: AllOnes, record: record => { Put64(record, 48, 1UL << 63); Put64(record, 40, 1UL << 63); })),
            ("wide-record-size-of-63-bits", "a directory of nearly 2^63 bytes", () => WithRecords(end: AllOnes, record: record => Put64(record, 40, long.MaxValue))),
            ("wide-record-on-another-disk", "a record that says it is on the second disk", () => WithRecords(record: record => record[16] = 1)),
            ("wide-directory-on-another-disk", "a record whose directory is on the second disk", () => WithRecords(record: record => record[20] = 1)),
            ("wide-locator-on-another-disk", "a locator of a record on the second disk", () => WithRecords(locator: locator => locator[4] = 1)),
            ("wide-two-disks", "a locator that counts two disks", () => WithRecords(locator: locator => locator[16] = 2)),
            ("wide-no-disks", "a locator that counts no disk", () => WithRecords(locator: locator => locator[16] = 0)),
            ("wide-record-sector", "a record with data of its own", () => WithRecords(record: record => record[4] += 8, gap: [1, 0, 2, 0, 0, 0, 7, 7])),
            ("wide-record-sector-elsewhere", "a record that says it is longer, up to the end record", () => WithRecords(record: record => record[4] += 20)),
            ("wide-record-short", "a record that says it is shorter", () => WithRecords(record: record => record[4]--)),
            ("wide-record-encrypted", "a record of version 2, of an encrypted directory", () => WithRecords(record: record => { record[4] += 28; record[14] = 62; }, gap: [1, 0, 8, 0, .. new byte[24]])),
            ("wide-gap-before-locator", "bytes between the record and its locator", () => WithRecords(gap: [1, 2, 3, 4])),
            ("wide-php-before-locator", "a script between the record and its locator", () => WithRecords(gap: [.. "<?php phpinfo(); ?>"u8])),
            ("wide-gap-before-record", "bytes between the directory and the record", () => WithRecords(before: [0])),
            ("wide-two-records", "two records", () => WithRecords(before: Record(3, 0, 0))),
            ("wide-field-missing", "a number that no zip64 field has", () => With(Text with { Central = header => ZipBuilder.Put32(header, 24, uint.MaxValue) })),
            ("wide-offset-missing", "a place that no zip64 field has", () => With(Text with { Central = header => ZipBuilder.Put32(header, 42, uint.MaxValue) })),
            ("wide-field-empty", "a zip64 field of nothing, where a number is needed", () => With(Text with { Extra = Field(), Central = header => ZipBuilder.Put32(header, 24, uint.MaxValue) })),
            ("wide-field-too-short", "a zip64 field of seven bytes", () => With(Text with { Extra = Field(Text.Content.Length)[..^1].Changed(2, 7), Central = header => ZipBuilder.Put32(header, 24, uint.MaxValue) })),
            ("wide-field-too-long", "a zip64 field of more than there is to say", () => With(Text with { LocalExtra = Field(Text.Content.Length, Text.PackedBytes.Length, 0, 0) })),
            ("wide-field-with-text", "a zip64 field with text behind its numbers", () => With(Text with { Extra = ZipBuilder.ExtraField(1, [.. Wide64(Text.Content.Length), .. "hidden"u8]), Central = header => ZipBuilder.Put32(header, 24, uint.MaxValue) })),
            ("wide-field-twice", "two zip64 fields", () => With(Text with { Extra = [.. Field(Text.Content.Length), .. Field(Text.Content.Length)], Central = header => ZipBuilder.Put32(header, 24, uint.MaxValue) })),
            ("wide-blank-in-directory", "a zip64 field of the directory that is not needed and blank", () => With(Text with { Extra = Field(0, 0) })),
            ("wide-blank-longer", "a local zip64 field with three blank numbers", () => With(Text with { LocalExtra = Field(0, 0, 0) })),
            ("wide-blank-shorter", "a local zip64 field with one blank number", () => With(Text with { LocalExtra = Field(0) })),
            ("wide-blank-needed", "a local zip64 field that is needed and blank", () => With(Text with { LocalExtra = Field(0, 0), Local = Ones(18, 22) })),
            ("wide-blank-half-needed", "a local zip64 field of which one half is needed and blank", () => With(Text with { LocalExtra = Field(0, 0), Local = Ones(22) })),
            ("wide-field-lies-unneeded", "a zip64 field that is not needed and says something else", () => With(Text with { Extra = Field(Text.Content.Length + 1, Text.PackedBytes.Length) })),
            ("wide-field-lies-unneeded-locally", "the same in the local header", () => With(Text with { LocalExtra = Field(Text.Content.Length, Text.PackedBytes.Length + 1) })),
            ("wide-field-of-one-unneeded", "a zip64 field of one number where none is needed", () => With(Text with { Extra = Field(Text.Content.Length) })),
            ("wide-field-lies-about-place", "a zip64 field with another place that is not needed", () => With(Text with { Extra = Field(Text.Content.Length, Text.PackedBytes.Length, 1) })),
            ("wide-local-size-differs", "another size in the local zip64 field", () => With(Text with { LocalExtra = Field(Text.Content.Length + 1, Text.PackedBytes.Length), Local = Ones(18, 22) })),
            ("wide-local-packed-differs", "another packed size in the local zip64 field", () => With(Text with { LocalExtra = Field(Text.Content.Length, 0), Local = Ones(18, 22) })),
            ("wide-local-high-half-differs", "a size that differs above its 32nd bit", () => With(Text with { LocalExtra = Field(Text.Content.Length + (1L << 32), Text.PackedBytes.Length), Local = Ones(18, 22) })),
            ("wide-packed-beyond", "a packed size beyond the file", () => With(Text with { Extra = Field(1L << 33), Central = Ones(20) })),
            ("wide-packed-negative", "a packed size that turns negative", () => With(Text with { Extra = Field(-1), Central = Ones(20) })),
            ("wide-packed-of-63-bits", "a packed size that turns its end negative", () => With(Text with { Extra = Field(long.MaxValue), Central = Ones(20) })),
            ("wide-offset-negative", "a place in front of the file", () => With(Text with { Extra = Field(-1), Central = Ones(42) })),
            ("wide-offset-of-63-bits", "a place at nearly 2^63", () => With(Text with { Extra = Field(long.MaxValue), Central = Ones(42) })),
            ("wide-size-negative", "a size that turns negative", () => With(Text with { Extra = Field(-1), Central = Ones(24) })),
            ("wide-size-of-63-bits", "a size of nearly 2^63 in both headers", () => With(Text with { Extra = Field(long.MaxValue), Central = Ones(24), LocalExtra = Field(long.MaxValue, Text.PackedBytes.Length), Local = Ones(18, 22) })),
            ("wide-entry-on-another-disk", "a zip64 field of an entry on another disk", () => With(Text with { Extra = [1, 0, 28, 0, .. Wide64(Text.Content.Length), .. Wide64(Text.PackedBytes.Length), .. Wide64(0), 1, 0, 0, 0], Central = Ones(20, 24) })),
            ("wide-descriptor-high-half", "a data descriptor that differs above its 32nd bit", () => Described(part => WideDescriptor(part).Changed(20, 1))),
        ]),
        Is(Rules.Bomb, "wide-size-too-small", "a part that unpacks to more than its zip64 field says", () => With(Text with { Extra = Field(1), Central = Ones(24), LocalExtra = Field(1, Text.PackedBytes.Length), Local = Ones(18, 22) })),
        Is(Rules.TooComplex, "wide-entries-without-end", "2^63 entries", () => WithRecords(end: AllOnes, record: record => { Put64(record, 24, 1UL << 63); Put64(record, 32, 1UL << 63); })),
    ];

    /// <summary>The document with end records of 64 bits.</summary>
    /// <param name="record">Changes the zip64 end record.</param>
    /// <param name="locator">Changes its locator.</param>
    /// <param name="end">Changes the end record.</param>
    /// <param name="before">In front of the zip64 end record.</param>
    /// <param name="gap">Between that and its locator.</param>
    /// <param name="parts">Of the document.</param>
    private static byte[] WithRecords(
        Action<byte[]>? record = null, Action<byte[]>? locator = null, Action<byte[]>? end = null, byte[]? before = null, byte[]? gap = null, IEnumerable<ZipPart>? parts = null)
    {
        var file = ZipBuilder.Write(parts ?? Parts());
        byte[] entries = [.. file[..^22], .. before ?? []], narrow = file[^22..];
        var wide = Record(narrow[10], Little32(narrow, 12), Little32(narrow, 16));
        var pointer = Locator((ulong)entries.Length, 1);
        record?.Invoke(wide);
        locator?.Invoke(pointer);
        end?.Invoke(narrow);
        return [.. entries, .. wide, .. gap ?? [], .. pointer, .. narrow];
    }

    private static byte[] Record(ulong entries, uint size, uint offset)
    {
        byte[] record = [.. "PK\x06\x06"u8, 44, 0, 0, 0, 0, 0, 0, 0, 45, 0, 45, 0, .. new byte[40]];
        Put64(record, 24, entries);
        Put64(record, 32, entries);
        Put64(record, 40, size);
        Put64(record, 48, offset);
        return record;
    }

    private static byte[] Locator(ulong record, uint disks)
    {
        byte[] locator = [.. "PK\x06\x07"u8, .. new byte[16]];
        Put64(locator, 8, record);
        ZipBuilder.Put32(locator, 16, disks);
        return locator;
    }

    /// <summary>All that an end record can leave to the zip64 one.</summary>
    private static void AllOnes(byte[] end) => end.AsSpan(8, 12).Fill(0xFF);

    private static ZipPart Widened(ZipPart part) => part with
    {
        LocalExtra = Field(part.Content.Length, part.PackedBytes.Length),
        Local = Ones(18, 22),
        Extra = Field(part.Content.Length, part.PackedBytes.Length),
        Central = Ones(20, 24),
    };

    private static Action<byte[]> Ones(params int[] places) => header => Array.ForEach(places, at => ZipBuilder.Put32(header, at, uint.MaxValue));

    private static byte[] Field(params long[] numbers) => ZipBuilder.ExtraField(1, [.. numbers.SelectMany(Wide64)]);

    private static byte[] WideDescriptor(ZipPart part) =>
        [.. ZipPart.SignedDescriptor(part)[..8], .. Wide64(part.PackedBytes.Length), .. Wide64(part.SizeWritten)];

    private static byte[] Wide64(long number)
    {
        var bytes = new byte[8];
        Put64(bytes, 0, (ulong)number);
        return bytes;
    }

    private static void Put64(byte[] record, int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(at), value);

    private static uint Little32(byte[] record, int at) => BinaryPrimitives.ReadUInt32LittleEndian(record.AsSpan(at));

    private static byte[] Changed(this byte[] bytes, int at, byte value)
    {
        bytes[at] = value;
        return bytes;
    }

    private static IEnumerable<Sample> Names() => Wrong("docx-names", [
        .. new[]
        {
            ("../evil.xml", "climbs"), ("word/../../evil.xml", "climbs further"), ("/etc/passwd.xml", "is absolute"), ("word\\evil.xml", "has a backslash"),
            ("C:/evil.xml", "has a drive"), ("//server/share.xml", "has a server"), ("word//evil.xml", "has an empty segment"), ("word/./evil.xml", "has a dot"),
            ("word/evil.xml.", "ends in a dot"), ("word /evil.xml", "has a segment that ends in a space"), ("word/%2e%2e/evil.xml", "climbs when decoded"),
            ("word/%2Fevil.xml", "has an empty segment when decoded"), ("word/ev\0il.xml", "has a NUL"), ("word/ev\nil.xml", "has a line feed"),
            ("word/\u202Elmx.live", "is shown backwards"), ("word/ev\u200Bil.xml", "has a character that is not seen"), ("word/ev\"il.xml", "has a quote"),
            ("word/<b>.xml", "has markup"), ("word/a?.xml", "has a query"), ("word/a*.xml", "has a wildcard"), ("word/a:b.xml", "has a stream's colon"),
        }.Select((name, i) => ($"name-{i}", "a part whose name " + name.Item2, (Func<byte[]>)(() => With(new ZipPart(name.Item1, "<x/>"))))),
        ("name-empty", "a part without a name", () => With(new ZipPart("", "<x/>"))),
        ("name-no-utf8", "a name in no known encoding", () => With(new ZipPart("word/x.xml", "<x/>") { RawName = [.. "word/"u8, 0xFF, 0xFE, .. ".xml"u8] })),
        ("name-long", "a name of 300 bytes", () => With(new ZipPart("word/" + new string('a', 291) + ".xml", "<x/>"))),
        ("name-twice", "the same name twice", () => With(Text, Text)),
        ("name-twice-in-case", "the same name in another case", () => With(Text, Text with { RawName = [.. "WORD/Notes.XML"u8] })),
        ("name-twice-encoded", "the same name with an escape", () => With(Text, Text with { RawName = [.. "word/%6Eotes.xml"u8] })),
        ("name-twice-as-folder", "a part and a folder of the same name", () => With(Text, new ZipPart("word/notes.xml/", "") { IsStored = true })),
        ("document-twice", "two main documents", () => With(MainPart)),
    ]);

    private static IEnumerable<Sample> Kinds() => Wrong("docx-names", [
        ("symlink", "a symbolic link", () => With(new ZipPart("word/x.xml", "/etc/passwd") { Attributes = 0xA1FF0000 })),
        ("device", "a device", () => With(new ZipPart("word/x.xml", "") { Attributes = 0x61B60000 })),
        ("fifo", "a pipe", () => With(new ZipPart("word/x.xml", "") { Attributes = 0x11B60000 })),
        ("socket", "a socket", () => With(new ZipPart("word/x.xml", "") { Attributes = 0xC1B60000 })),
        ("folder-by-attribute", "a part that says it is a folder", () => With(Text with { Attributes = 0x10 })),
        ("folder-by-mode", "a part that says it is a folder", () => With(Text with { Attributes = 0x41ED0000 })),
        ("volume-label", "the name of a disk", () => With(Text with { Attributes = 0x08 })),
    ]);

    private static IEnumerable<Sample> Bombs() =>
    [
        Is(Rules.Bomb, "bomb", "300 MiB of zeros", () => With(Zeros("word/media/image1.png", 300))),
        Is(Rules.Bomb, "bomb-ratio", "20 MiB of zeros", () => With(Zeros("word/media/image1.png", 20))),
        Is(Rules.Bomb, "bomb-that-lies", "a part that unpacks to more than it says", () => With(Text with { Size = 4 })),
        Is(Rules.Bomb, "bomb-of-many", "many parts of 15 MiB each", () => With([.. Enumerable.Range(0, 20).Select(i => Zeros($"word/media/image{i}.png", 15))])),
        Is(Rules.TooComplex, "entries", "five thousand parts", () => With([.. Enumerable.Range(0, 5000).Select(i => new ZipPart($"word/media/{i}.png", "") { IsStored = true })])),
        Is(Rules.TooComplex, "names", "names of two hundred bytes each", () => With([.. Enumerable.Range(0, 1000).Select(i => new ZipPart($"word/media/{new string('a', 200)}{i}.png", "") { IsStored = true })])),
    ];

    private static readonly Lazy<byte[]> Megabyte = new(() => new byte[1 << 20]);

    private static ZipPart Zeros(string name, int megabytes)
    {
        var packed = new MemoryStream();
        var crc = new System.IO.Hashing.Crc32();
        using (var deflate = new System.IO.Compression.DeflateStream(packed, System.IO.Compression.CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (var i = 0; i < megabytes; i++)
            {
                deflate.Write(Megabyte.Value);
                crc.Append(Megabyte.Value);
            }
        }

        return new ZipPart(name, []) { Packed = packed.ToArray(), Crc = crc.GetCurrentHashAsUInt32(), Size = (uint)megabytes << 20 };
    }

    private static byte[] Described(Func<ZipPart, byte[]> descriptor) =>
        ZipBuilder.Write(Parts(Text).Select(part => part with { Flags = 8, Descriptor = descriptor }));

    /// <summary>The first two headers of the directory change places.</summary>
    private static byte[] Swapped(byte[] file)
    {
        var first = file.AsSpan().IndexOf("PK\x01\x02"u8);
        var second = first + 4 + file.AsSpan(first + 4).IndexOf("PK\x01\x02"u8);
        var third = second + 4 + file.AsSpan(second + 4).IndexOf("PK\x01\x02"u8);
        return [.. file[..first], .. file[second..third], .. file[first..second], .. file[third..]];
    }

    private static void Both(byte[] record, int count)
    {
        ZipBuilder.Put16(record, 8, count);
        ZipBuilder.Put16(record, 10, count);
    }

    private static Sample Is(Rule rule, string name, string what, Func<byte[]> bytes) => Is(rule.Code, name, what, bytes);

    private static Sample Is(string verdict, string name, string what, Func<byte[]> bytes) => new($"zip-{name}.docx", verdict, what, bytes);

    private static IEnumerable<Sample> Wrong(string code, IEnumerable<(string Name, string What, Func<byte[]> Bytes)> samples) =>
        samples.Select(sample => Is(code, sample.Name, sample.What, sample.Bytes));
}
