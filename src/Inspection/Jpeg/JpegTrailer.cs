using System.Buffers;
using Uploader.Inspection.Polyglots;
using Uploader.Inspection.Reading;

namespace Uploader.Inspection.Jpeg;

/// <summary>
/// What is behind the first image's EOI: nothing, or what cameras append, each of which is judged as what it is. Padding; pictures; at the end a film, or Samsung's
/// blocks. Nothing that is not announced, but for the blocks, which announce themselves.
/// </summary>
internal sealed class JpegTrailer(Inspector inspector, InspectionPolicy policy, FileBytes file, Announcements announced)
{
    private const int MostPictures = 64;

    /// <summary>Of memory: what cameras write at once.</summary>
    private const int Page = 4096;

    /// <summary>Zeros, erased flash, and the white space of whoever took a picture for text.</summary>
    private static readonly SearchValues<byte> Padding = SearchValues.Create([0, (byte)'\t', (byte)'\n', (byte)'\r', (byte)' ', Markers.Prefix]);

    /// <param name="at">Where the first image ends.</param>
    public void Judge(long at)
    {
        var end = file.Length;
        if (SamsungBlocks.Find(file, at) is { } blocks)
        {
            end = blocks.Start;
            JudgeBlocks(blocks);
        }

        for (var pictures = 0; SkipPadding(at, end) is var next && next < end; pictures++)
        {
            if (announced.HasFilm && FilmAt(at, next) is { } film)
            {
                JudgeFilm(film, end);
                return;
            }

            at = IsPicture(next) ? next : SkipRemains(next, end);
            if (at == end)
                return;
            if (pictures == MostPictures || !IsPicture(at))
            {
                inspector.Break(Rules.TrailingData, at, "bytes behind EOI that nothing announces");
                return;
            }

            at = JudgePicture(at, end);
        }
    }

    /// <summary>FF pads too, but for the one that a picture begins with.</summary>
    private long SkipPadding(long at, long end)
    {
        while (at < end)
        {
            var bytes = file.At(at, (int)Math.Min(end - at, FileBytes.Window));
            var next = bytes.IndexOfAnyExcept(Padding);
            at += next >= 0 ? next : bytes.Length;
            if (next >= 0)
                return IsStart(at - 1) ? at - 1 : at;
        }

        return at;
    }

    /// <summary>
    /// In files that have an index of pictures, less than a page of anything up to the next one, or to the end: what was in memory. Panasonic's cameras fill blocks of
    /// 512 bytes, DJI's drones pages.
    /// </summary>
    private long SkipRemains(long at, long end)
    {
        var next = announced.NextIndexed(at, end);
        if (!announced.HasIndex || next - at >= Page)
            return at;
        JudgeMetadata(at, next);
        return next;
    }

    private bool IsPicture(long at) => announced.HasPicture(at) && IsStart(at);

    private bool IsStart(long at) => file.At(at, 2) is [Markers.Prefix, Markers.StartOfImage];

    /// <returns>Where it ends.</returns>
    private long JudgePicture(long at, long end)
    {
        var image = new JpegImage(inspector, policy, at);
        while (!image.IsOver && image.Offset < end)
        {
            var bytes = file.At(image.Offset, (int)Math.Min(end - image.Offset, FileBytes.Window));
            image.See(ref bytes);
        }

        return image.IsOver ? image.Offset : throw inspector.Broken(end, "ends in an appended picture");
    }

    /// <summary>A film begins with a number whose bytes may be padding.</summary>
    private long? FilmAt(long from, long next)
    {
        for (var at = Math.Max(from, next - sizeof(uint)); at <= next; at++)
        {
            if (IsFilm(at))
                return at;
        }

        return null;
    }

    private bool IsFilm(long at) => file.At(at, Signature.Mp4.Length) is var start && Signature.Mp4.Judge(start) == SignatureVerdict.Match;

    /// <summary>As a file of its own.</summary>
    private void JudgeFilm(long at, long end)
    {
        if (!FileTypes.TryFind("mp4", out var type))
            return;
        var film = type.Inspector(policy);
        for (var offset = at; offset < end && film.Refusal is null;)
        {
            var bytes = file.At(offset, (int)Math.Min(end - offset, FileBytes.Window));
            film.Feed(bytes);
            offset += bytes.Length;
        }

        film.Conclude(file.Part(at, end - at));
        if (film.Refusal is { } refusal)
            inspector.Break(refusal.Rule, at + refusal.Offset, $"{refusal.What}, in an appended film");
        foreach (var report in film.Reports)
            inspector.Break(report.Rule, at + report.Offset, $"{report.What}, in an appended film");
    }

    private void JudgeBlocks(SamsungBlocks blocks)
    {
        foreach (var (start, end) in blocks.Contents)
        {
            if (IsFilm(start))
                JudgeFilm(start, end);
            else
                JudgeMetadata(start, end);
        }
    }

    private void JudgeMetadata(long start, long end)
    {
        var scan = new MetadataScan(inspector);
        for (var offset = start; offset < end;)
        {
            var bytes = file.At(offset, (int)Math.Min(end - offset, FileBytes.Window));
            scan.Feed(bytes, offset, Markers.EndOfImage);
            offset += bytes.Length;
        }
    }
}
