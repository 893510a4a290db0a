using System.Text;
using CsCheck;
using Inspection.Tests.Samples;
using Uploader.Inspection;
using Uploader.Inspection.Reading;

namespace Inspection.Tests;

public sealed class Mp4Tests
{
    /// <summary>Made of boxes, or of a count and entries: every bit of a size or a count says something that another one says too.</summary>
    private static readonly string[] Trees = ["moov", "trak", "mdia", "minf", "dinf", "dref", "stbl", "stsd", "edts", "mvex", "moof", "traf"];

    private static readonly string[] Tables = ["stts", "stsc", "stco", "co64", "ctts", "stss", "elst", "stsd", "dref"];

    public static TheoryData<string> Every =>
        [.. AllSamples.Accepted.Where(sample => sample.Extension == "mp4" && !Mp4Boxes.Of(sample.Bytes()).Exists(box => box.IsOpenEnded)).Select(film => film.Name)];

    [Theory]
    [MemberData(nameof(Every))]
    public void A_film_that_is_cut_off_is_refused_or_ends_with_a_whole_box(string name)
    {
        var film = AllSamples.Named(name).Bytes();
        var ends = Mp4Boxes.Of(film).Where(box => box.Parent == "").Select(box => box.End).ToHashSet();
        // Whole boxes are a film of their own where the movie is among them and its chunks are: fragments, and what describes it, may end anywhere.
        var cuts = Enumerable.Range(0, film.Length).Where(length => length < 300 || length % 13 == 0 || ends.Contains(length - 1) || ends.Contains(length + 1));
        Assert.All(cuts.Where(length => !ends.Contains(length)), length => Assert.NotEqual(Sample.Accepted, Verdict(film[..length])));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void A_film_that_something_follows_that_is_no_box_is_refused(string name)
    {
        var film = AllSamples.Named(name).Bytes();
        Gen.Byte.Array[1, 40].Where(tail => Mp4Boxes.Of(tail).Count == 0).Sample(tail => Assert.NotEqual(Sample.Accepted, Verdict([.. film, .. tail])), iter: 100);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void A_bit_that_is_flipped_in_a_size_or_a_count_is_refused_or_changes_nothing_else(string name)
    {
        var film = AllSamples.Named(name).Bytes();
        var boxes = Mp4Boxes.Of(film);
        var inTrees = boxes.Where(box => box.Parent == "" && box.Type != "mdat" || Trees.Contains(box.Parent)).Where(box => box.Parent is not ("stsd" or "dref"));
        var sizes = inTrees.Select(box => (box.Start, box));
        var counts = boxes.Where(box => Tables.Contains(box.Type)).Select(box => (box.Content + 4, box));
        foreach (var (at, box) in sizes.Concat(counts).Take(120))
        {
            for (var bit = 0; bit < 32; bit++)
            {
                var flipped = film.ToArray();
                flipped[at + bit / 8] ^= (byte)(1 << bit % 8);
                if (Verdict(flipped) == Sample.Accepted)
                    Assert.True(Judged(boxes, box).SequenceEqual(Judged(Mp4Boxes.Of(flipped), box)), $"bit {bit} at {at}, of {box}");
            }
        }
    }

    [Fact]
    public void No_input_makes_it_throw_hang_or_pass_its_bounds()
    {
        var films = Every.Select(row => AllSamples.Named(row.Data).Bytes()).Where(film => film.Length < 20_000).ToArray();
        var edit = Gen.Select(Gen.Int[0, 20_000], Gen.OneOf(["", "moov", "mdat", "free", "trak", "stsd", "stco", "\0\0\0\u0001", "\0\0\0\0", "\u00ff\u00ff\u00ff\u00ff", "\0\0\0\u0008"]), Gen.Byte);
        Gen.Select(Gen.OneOf(films), edit.Array[1, 8], Gen.Int[1, 5000]).Sample((film, edits, piece) =>
        {
            var bytes = film.ToArray();
            foreach (var (anywhere, text, value) in edits)
            {
                var at = anywhere % bytes.Length;
                byte[] written = text == "" ? [value] : Encoding.Latin1.GetBytes(text);
                written.AsSpan(0, Math.Min(written.Length, bytes.Length - at)).CopyTo(bytes.AsSpan(at));
            }

            Assert.True(FileTypes.TryFind("mp4", out var type));
            var file = FileBytes.Of(bytes);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var inspector = type.Inspector(InspectionPolicy.Default);
            for (var at = 0; at < bytes.Length; at += piece)
                inspector.Feed(bytes.AsSpan(at, Math.Min(piece, bytes.Length - at)));
            inspector.Conclude(file);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Support.Bytes.MiB);
            Assert.InRange(file.Read, 0, InspectionPolicy.Default.MaxReadings * bytes.LongLength + Support.Bytes.MiB);
            Assert.Equal(Verdict(bytes), Inspected.Verdict(inspector));
        }, iter: 10_000);
    }

    // Where all boxes but one stand whose place or content is judged.
    private static IEnumerable<(string, string, int)> Judged(List<Mp4Box> boxes, Mp4Box except) =>
        boxes.Where(box => box.Start != except.Start && (Trees.Contains(box.Type) || Tables.Contains(box.Type))).Select(box => (box.Type, box.Parent, box.Start));

    private static string Verdict(byte[] film) => Inspected.Verdict(Inspected.Of("mp4", film));
}
