using Uploader.Ctl.Terminals;
using Uploader.Shared.Journal;

namespace Uploader.Ctl.Doctor;

/// <summary>What the doctor says, on a terminal.</summary>
internal static class DoctorReport
{
    private const string Indent = "      ";

    public static void Write(Terminal terminal, Group group)
    {
        terminal.WriteLine();
        terminal.WriteLine(terminal.Paint(Colour.Strong, group.Title));
    }

    public static void Write(Terminal terminal, Check check, Diagnosis diagnosis)
    {
        terminal.WriteLine($"{terminal.Paint(ColourOf(diagnosis.Rating), DoctorLine.NameOf(diagnosis.Rating))}  {check.Title} {terminal.Paint(Colour.Faint, $"[{check.Id}]")}");
        terminal.WriteLine(Indent + OneLine.Escape(diagnosis.Finding));
        if (diagnosis.Rating == Rating.Pass)
            return;
        terminal.WriteLine(terminal.Paint(Colour.Faint, $"{Indent}looked at: {check.Looked}"));
        foreach (var line in (diagnosis.Mend ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
            terminal.WriteLine($"{Indent}mend: {terminal.Paint(Colour.Strong, OneLine.Escape(line))}");
    }

    public static void WriteSum(Terminal terminal, IReadOnlyCollection<Diagnosis> all)
    {
        int Count(Rating rating) => all.Count(diagnosis => diagnosis.Rating == rating);
        var worst = all.Max(diagnosis => diagnosis.Rating);
        terminal.WriteLine();
        terminal.WriteLine(terminal.Paint(ColourOf(worst), $"{Count(Rating.Pass)} pass, {Count(Rating.Warn)} warn, {Count(Rating.Fail)} fail"));
    }

    private static Colour ColourOf(Rating rating) => rating switch
    {
        Rating.Pass => Colour.Good,
        Rating.Warn => Colour.Warning,
        _ => Colour.Bad,
    };
}
