using CsCheck;
using Inspection.Tests.Samples;

namespace Inspection.Tests;

public sealed class PngTests
{
    private static readonly byte[][] Good = Pictures.Good("png");

    private static Gen<byte[]> AnyGood => Gen.Int[0, Good.Length - 1].Select(i => Good[i]);

    [Fact]
    public void A_picture_that_is_cut_off_anywhere_is_refused() => Gen.Select(AnyGood, Gen.Double.Unit).Sample((file, part) =>
        Inspected.Of("png", file[..(int)(file.Length * part)]).Refusal is not null);

    // Everything but the signature is under a CRC, or is one.
    [Fact]
    public void A_picture_with_a_bit_flipped_anywhere_is_refused() => Gen.Select(AnyGood, Gen.Double.Unit, Gen.Int[0, 7]).Sample((file, part, bit) =>
        Inspected.Of("png", Pictures.With(file, (int)(file.Length * part), (byte)(1 << bit))).Refusal is not null);

    [Fact]
    public void A_picture_with_anything_behind_it_is_refused() => Gen.Select(AnyGood, Gen.Byte.Array[1, 40]).Sample((file, tail) =>
        Inspected.Of("png", [.. file, .. tail]).Refusal is not null);

    [Fact]
    public void No_bytes_throw_or_pass_the_bounds_and_pieces_do_not_matter() => Pictures.Mutated(AnyGood).Sample(file =>
        Pictures.IsJudgedWithinBounds("png", file));

    [Fact]
    public void Chunks_whose_checksum_fits_do_neither() =>
        Gen.Select(Pictures.OneOf("IHDR", "PLTE", "IDAT", "IEND", "tRNS", "iCCP", "zTXt", "iTXt", "tEXt", "acTL", "fcTL", "fdAT", "eXIf", "prVt"), Gen.Byte.Array[0, 40])
            .Array[0, 12].Sample(chunks => Pictures.IsJudgedWithinBounds("png", PngFile.Of(
                [PngFile.Header(colour: 3), .. chunks.Select(chunk => PngFile.Chunk(chunk.Item1, chunk.Item2)), PngFile.End])));
}
