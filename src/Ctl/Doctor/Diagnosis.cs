namespace Uploader.Ctl.Doctor;

/// <summary>What a check came to.</summary>
/// <param name="Rating">How it ended.</param>
/// <param name="Finding">What is so, in a sentence without a full stop; never a secret.</param>
/// <param name="Mend">A command for root's shell that mends it; a line that begins with <c>#</c> says what no command can do.</param>
internal sealed record Diagnosis(Rating Rating, string Finding, string? Mend = null)
{
    public static Diagnosis Pass(string finding) => new(Rating.Pass, finding);

    public static Diagnosis Warn(string finding, string mend) => new(Rating.Warn, finding, mend);

    public static Diagnosis Fail(string finding, string mend) => new(Rating.Fail, finding, mend);

    /// <summary>The check could not be made: never a pass.</summary>
    /// <param name="why">What is missing.</param>
    /// <param name="mend">What would make it possible.</param>
    public static Diagnosis NotMade(string why, string mend) => new(Rating.Warn, $"not checked: {why}", mend);

    /// <summary>One for several: all that is wrong, the worst first, or <paramref name="good"/> when nothing is.</summary>
    public static Diagnosis Of(IEnumerable<Diagnosis> parts, string good)
    {
        var wrong = parts.Where(part => part.Rating != Rating.Pass).OrderByDescending(part => part.Rating).ToList();
        return wrong.Count == 0
            ? Pass(good)
            : new(wrong[0].Rating, string.Join("; ", wrong.Select(part => part.Finding)), string.Join('\n', wrong.Select(part => part.Mend).OfType<string>().Distinct()));
    }
}
