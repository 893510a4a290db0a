namespace Uploader.Shared.Storage;

/// <summary>Writes down what a walk finds and changes nothing.</summary>
/// <param name="most">How many to write down; the rest is counted.</param>
internal sealed class DriftList(int most) : IDriftVisitor
{
    private readonly List<Line> _lines = [];

    public IReadOnlyList<Line> Lines => _lines;

    public long Count { get; private set; }

    public void Drifted(in Finding finding) => Add(finding, finding.Wanted.ToString());

    public void Foreign(in Finding finding, string kind) => Add(finding, kind);

    private void Add(in Finding finding, string verdict)
    {
        if (Count++ < most)
            _lines.Add(new Line(finding.Path, finding.Found.Permissions.ToString(), verdict));
    }

    /// <param name="Path">Fit for display.</param>
    /// <param name="Is">Mode, owner and group.</param>
    /// <param name="Verdict">What they should be, or which kind of foreign object it is.</param>
    internal sealed record Line(string Path, string Is, string Verdict);
}
