using Uploader.Shared.Journal;

namespace Uploader.Ctl.Terminals;

/// <summary>Facts about one thing, a line each, the names to the right as systemctl(1) has them. What it shows cannot break its lines, whoever wrote it.</summary>
internal sealed class Sheet
{
    private readonly List<(string Name, Cell Value)> _lines = [];

    /// <param name="name">In the words of a sentence: <c>Stored</c>. Empty: the line goes on with the one before.</param>
    /// <param name="value">Null: the line is left out.</param>
    public void Add(string name, string? value, Colour colour = Colour.None)
    {
        if (value is not null)
            _lines.Add((name, new Cell(OneLine.Escape(value), colour)));
    }

    public void WriteTo(Terminal terminal)
    {
        var width = _lines.Select(line => line.Name.Length).DefaultIfEmpty().Max();
        foreach (var (name, value) in _lines)
            terminal.WriteLine($"{name.PadLeft(width)}{(name.Length == 0 ? " " : ":")} {terminal.Paint(value.Colour, value.Text)}");
    }
}
