namespace Uploader.Bench;

/// <summary>Measured durations, in milliseconds, and what is said of them.</summary>
internal sealed class Times
{
    private readonly List<double> _milliseconds = [];

    public int Count => _milliseconds.Count;

    public double Mean => _milliseconds.Count == 0 ? double.NaN : _milliseconds.Average();

    public double Median => At(0.50);

    public double P99 => At(0.99);

    public double Max => At(1);

    public void Add(TimeSpan time) => _milliseconds.Add(time.TotalMilliseconds);

    // Nearest rank: a value that was measured, none between two of them.
    private double At(double share)
    {
        if (_milliseconds.Count == 0)
            return double.NaN;
        _milliseconds.Sort();
        return _milliseconds[Math.Max(0, (int)Math.Ceiling(share * _milliseconds.Count) - 1)];
    }
}
