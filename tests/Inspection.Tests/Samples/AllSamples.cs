using Support;

namespace Inspection.Tests.Samples;

/// <summary>
/// Every sample there is. What real programs made lies below <c>tests/Samples</c>, a folder a format, and is accepted: <c>tests/Samples/README.md</c> says how
/// each was made. What is hostile is made here, a class a format.
/// </summary>
internal static class AllSamples
{
    private static readonly Dictionary<string, Sample> ByName = Real().Concat(Synthetic()).ToDictionary(sample => sample.Name);

    public static IEnumerable<Sample> Accepted => ByName.Values.Where(sample => sample.Verdict == Sample.Accepted);

    public static IEnumerable<Sample> Refused => ByName.Values.Where(sample => sample.Verdict != Sample.Accepted);

    public static Sample Named(string name) => ByName[name];

    private static IEnumerable<Sample> Synthetic() =>
    [
        .. MinimalSamples.All,
        .. PngSamples.All,
        .. JpegSamples.All,
        .. JpegTrailerSamples.All,
        .. PdfSamples.All,
        .. PdfActiveSamples.All,
        .. Mp4Samples.All,
        .. DocxZipSamples.All,
        .. DocxSamples.All,
    ];

    private static IEnumerable<Sample> Real() =>
        from folder in Directory.EnumerateDirectories(Checkout.Of("tests", "Samples"))
        from file in Directory.EnumerateFiles(folder)
        select new Sample(Path.GetFileName(file), Sample.Accepted, "made by a real program", () => File.ReadAllBytes(file));
}
