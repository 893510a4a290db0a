using Uploader.Ctl.Commands;
using Uploader.Shared.Journal;

namespace Uploader.Ctl.Terminals;

/// <summary>Where a command's answer goes: a terminal with a width and colours, or a pipe with neither.</summary>
internal sealed class Terminal
{
    private const int UsualWidth = 80;

    private static readonly Dictionary<Colour, string> Codes = new()
    {
        [Colour.Good] = "\e[32m",
        [Colour.Warning] = "\e[33m",
        [Colour.Bad] = "\e[1;31m",
        [Colour.Strong] = "\e[1m",
        [Colour.Faint] = "\e[2m",
    };

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    public TextReader In { get; init; } = TextReader.Null;

    /// <summary>Columns; null for a pipe, which cuts nothing.</summary>
    public int? Width { get; init; }

    public bool HasColours { get; init; }

    /// <summary>Whether somebody sits there who can be asked.</summary>
    public bool CanAsk { get; init; }

    /// <summary>Whether standard error is a terminal, on which one line may be written over and over.</summary>
    public bool ShowsProgress { get; init; }

    /// <summary>Colours on a terminal only, and not where <c>NO_COLOR</c> is set (no-color.org).</summary>
    public static Terminal OfThisProcess() => new()
    {
        Out = Console.Out,
        Error = Console.Error,
        In = Console.In,
        Width = Console.IsOutputRedirected ? null : WidthOfConsole(),
        HasColours = !Console.IsOutputRedirected
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb"),
        CanAsk = !Console.IsInputRedirected && !Console.IsOutputRedirected,
        ShowsProgress = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb"),
    };

    public string Paint(Colour colour, string text) => HasColours && colour != Colour.None ? $"{Codes[colour]}{text}\e[0m" : text;

    public void WriteLine(string line = "") => Out.WriteLine(line);

    /// <summary>Something is wrong: on standard error, with the command's name, and in one piece whatever it quotes.</summary>
    public void Complain(string sentence)
    {
        foreach (var (i, line) in sentence.Split('\n').Index())
            Error.WriteLine((i == 0 ? "uploaderctl: " : "") + OneLine.Escape(line));
    }

    /// <summary>Asks before something is destroyed, where somebody can answer.</summary>
    /// <exception cref="NotDoneException">The answer is no, or nobody is there and <paramref name="isAgreed"/> (<c>--yes</c>) does not say so.</exception>
    public void Confirm(string question, bool isAgreed)
    {
        if (isAgreed)
            return;
        if (!CanAsk)
            throw new NotDoneException("nobody can be asked; say --yes", ExitStatus.Usage);
        Error.Write($"{question} [y/N] ");
        if (In.ReadLine()?.Trim() is not ("y" or "Y" or "yes"))
            throw new NotDoneException("nothing was changed", ExitStatus.No);
    }

    private static int WidthOfConsole() => Console.WindowWidth is > 0 and var width ? width : UsualWidth;
}
