using System.Text;
using CsCheck;
using Inspection.Tests.Samples;
using Uploader.Inspection;
using Uploader.Inspection.Reading;

namespace Inspection.Tests;

public sealed class PdfTests
{
    private static readonly byte[][] Good =
    [
        PdfBuilder.Document().Stream(4, "", "0 0 m").Table().ToArray(),
        PdfBuilder.Document().Stream(4, "", "0 0 m"u8.ToArray(), "5 0 R").Object(5, "5").CrossReferenceStream(9).ToArray(),
        new PdfBuilder().ObjectStream(8, (1, "<</Type/Catalog/Pages 2 0 R>>"), (2, "<</Type/Pages/Kids[]/Count 0>>")).CrossReferenceStream(9).ToArray(),
    ];

    public static TheoryData<int> EveryGood => [.. Enumerable.Range(0, Good.Length)];

    [Theory]
    [MemberData(nameof(EveryGood))]
    public void A_truncated_file_is_refused_but_for_the_white_space_at_its_end(int index)
    {
        var file = Good[index];
        for (var length = 0; length < file.Length; length++)
        {
            var isWhole = file.AsSpan(length).IndexOfAnyExcept((byte)'\n') < 0;
            Assert.True(isWhole == (Verdict(file[..length]) == Sample.Accepted), $"{length} bytes of {file.Length}");
        }
    }

    [Theory]
    [MemberData(nameof(EveryGood))]
    public void A_tail_of_anything_but_white_space_and_a_byte_of_ones_is_refused(int index) =>
        Gen.Byte.Array[1, 200].Sample(tail =>
        {
            var isWhite = Array.TrueForAll(tail[^1] == 0xFF ? tail[..^1] : tail, IsWhite);
            return isWhite == (Verdict([.. Good[index], .. tail]) == Sample.Accepted);
        }, iter: 500);

    /// <summary>The words and numbers that hold the file together: the head of each object, its end, the table and what refers to it.</summary>
    [Fact]
    public void A_changed_byte_in_the_structure_is_refused()
    {
        var file = Good[0];
        var text = Encoding.Latin1.GetString(file);
        string[] words = ["%PDF-", "1 0 obj", "2 0 obj", "3 0 obj", "4 0 obj", "stream\n", "endstream", "xref\n", "trailer", "startxref", "%%EOF"];
        var places = words.SelectMany(word => Enumerable.Range(text.IndexOf(word, StringComparison.Ordinal), word.Length))
            .Concat(Enumerable.Range(text.LastIndexOf("startxref\n", StringComparison.Ordinal) + 10, 3));
        foreach (var place in places)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var changed = (byte[])file.Clone();
                changed[place] ^= (byte)(1 << bit);
                var isWhite = IsWhite(file[place]) && IsWhite(changed[place]);
                Assert.True(isWhite || Verdict(changed) != Sample.Accepted, $"bit {bit} of '{text[place]}' at {place}");
            }
        }
    }

    [Fact]
    public void No_input_passes_the_bounds() =>
        Gen.Select(Gen.Int[0, Good.Length - 1], Gen.Select(Gen.Int[0, 2000], Gen.OneOf(Fragments)).Array[1, 8]).Sample((index, changes) =>
        {
            var file = Good[index].ToList();
            foreach (var (at, fragment) in changes)
                file.InsertRange(at % file.Count, fragment);
            var bytes = FileBytes.Of(file.ToArray());
            Assert.True(FileTypes.TryFind("pdf", out var type));
            var inspector = type.Inspector(InspectionPolicy.Default);
            inspector.Feed(file.ToArray());
            var before = GC.GetAllocatedBytesForCurrentThread();
            inspector.Conclude(bytes);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
            Assert.InRange(bytes.Read, 0, (InspectionPolicy.Default.MaxReadings * bytes.Length) + (2 << 20));
        }, iter: 5000);

    private static readonly Gen<byte[]>[] Fragments =
    [
        Gen.Byte.Array[1, 8],
        Gen.OneOf<byte[]>(
            [.. "<<"u8], [.. ">>"u8], [.. "["u8], [.. "]"u8], [.. "("u8], [.. ")"u8], [.. "<"u8], [.. "/Length 99999999999"u8], [.. "/Length 5 0 R"u8], [.. "/Prev 0"u8],
            [.. "/Prev 9"u8], [.. "/N 1/First 4"u8], [.. "stream\n"u8], [.. "endstream"u8], [.. "5 0 obj"u8], [.. "endobj\n"u8], [.. "xref\n0 99999999"u8], [.. "trailer"u8],
            [.. "startxref\n9\n%%EOF\n"u8], [.. "%"u8], [.. "99999999999999999999"u8], [.. "-"u8], [.. "#"u8], [.. "5 0 R "u8]),
    ];

    private static bool IsWhite(byte b) => b is 0 or (byte)'\t' or (byte)'\n' or (byte)'\f' or (byte)'\r' or (byte)' ';

    private static string Verdict(byte[] file) => Inspected.Verdict(Inspected.Of("pdf", file));
}
