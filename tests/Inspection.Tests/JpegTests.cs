using CsCheck;
using Inspection.Tests.Samples;

namespace Inspection.Tests;

public sealed class JpegTests
{
    private static readonly byte[][] Good = [.. Pictures.Good("jpeg"), .. Pictures.Good("jpg")];

    // That end with EOI, and have only one.
    private static readonly byte[][] Plain = [.. Good.Where(file => JpegUnits.Of(file) is { } units && units.End == file.Length)];

    private static Gen<byte[]> AnyGood => Gen.Int[0, Good.Length - 1].Select(i => Good[i]);

    // Behind an index of pictures there may be remains.
    private static readonly byte[][] Alone = [.. Plain.Where(file => file.AsSpan().IndexOf("MPF\0"u8) < 0)];

    private static Gen<byte[]> AnyPlain => Gen.Int[0, Plain.Length - 1].Select(i => Plain[i]);

    private static Gen<byte[]> AnyAlone => Gen.Int[0, Alone.Length - 1].Select(i => Alone[i]);

    [Fact]
    public void Most_good_pictures_are_plain() => Assert.True(Plain.Length > Good.Length / 2);

    [Fact]
    public void A_picture_that_is_cut_off_anywhere_is_refused() => Gen.Select(AnyPlain, Gen.Double.Unit).Sample((file, part) =>
        Inspected.Of("jpg", file[..(int)(file.Length * part)]).Refusal is not null);

    [Fact]
    public void A_picture_with_anything_behind_it_is_refused_but_for_padding() => Gen.Select(AnyAlone, Gen.Byte.Array[1, 40]).Sample((file, tail) =>
        Inspected.Of("jpg", [.. file, .. tail]).Refusal is null == tail.All(padding => padding is 0 or 9 or 10 or 13 or 32 or 0xFF));

    // There is no checksum: another table is another picture. But whatever is taken is a JPEG from its first byte to its last, by another reading too.
    [Fact]
    public void A_picture_with_a_byte_changed_is_refused_or_is_a_picture_to_its_end() => Gen.Select(AnyPlain, Gen.Double.Unit, Gen.Byte).Sample((file, part, change) =>
    {
        var changed = Pictures.With(file, (int)(file.Length * part), change);
        return Inspected.Of("jpg", changed).Refusal is not null || JpegUnits.Of(changed)?.End == changed.Length;
    });

    [Fact]
    public void A_segment_that_is_longer_or_shorter_than_it_says_is_refused() => Gen.Select(Gen.Int[0, 300], Gen.Int[0, 300]).Sample((said, real) =>
        said == real || Inspected.Of("jpg", JpegFile.With([0xFF, 0xFE, (byte)((said + 2) >> 8), (byte)(said + 2), .. new byte[real]])).Refusal is not null);

    [Fact]
    public void No_bytes_throw_or_pass_the_bounds_and_pieces_do_not_matter() => Pictures.Mutated(AnyGood).Sample(file =>
        Pictures.IsJudgedWithinBounds("jpg", file));

    [Fact]
    public void Segments_of_any_content_do_neither() =>
        Gen.Select(Pictures.OneOf<byte>(0xC0, 0xC2, 0xC4, 0xC9, 0xCC, 0xDA, 0xDB, 0xDC, 0xDD, 0xE1, 0xE2, 0xFE), Gen.Byte[0, 20].Array[0, 40])
            .Array[0, 12].Sample(segments => Pictures.IsJudgedWithinBounds("jpg", JpegFile.Of(
                [JpegFile.Start, JpegFile.Head, .. segments.Select(segment => JpegFile.Segment(segment.Item1, segment.Item2)), JpegFile.Scan, JpegFile.Block, JpegFile.End])));
}
