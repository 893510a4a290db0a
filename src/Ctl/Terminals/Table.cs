using Uploader.Shared.Journal;

namespace Uploader.Ctl.Terminals;

/// <summary>A column of a <see cref="Table"/>.</summary>
/// <param name="Name">In capitals, as systemctl(1) has them.</param>
/// <param name="IsNumber">Stands to the right.</param>
/// <param name="MayBeCut">On a terminal that is too narrow this column gives way.</param>
internal sealed record Column(string Name, bool IsNumber = false, bool MayBeCut = false);

/// <summary>A field of a <see cref="Table"/>.</summary>
internal readonly record struct Cell(string Text, Colour Colour = Colour.None)
{
    public static implicit operator Cell(string text) => new(text);
}

/// <summary>Rows in columns, cut to fit a terminal and whole in a pipe. What it shows cannot break its lines, whoever wrote it.</summary>
internal sealed class Table(params Column[] columns)
{
    private const string Gap = "  ";
    private const int Narrowest = 8;

    private readonly List<Cell[]> _rows = [];

    public int Count => _rows.Count;

    public void Add(params Cell[] row)
    {
        if (row.Length != columns.Length)
            throw new ArgumentException($"{row.Length} fields for {columns.Length} columns.", nameof(row));
        _rows.Add([.. row.Select(cell => cell with { Text = OneLine.Escape(cell.Text) })]);
    }

    public void WriteTo(Terminal terminal)
    {
        var widths = Widths(terminal.Width);
        WriteRow(terminal, [.. columns.Select(column => new Cell(column.Name, Colour.Strong))], widths);
        foreach (var row in _rows)
            WriteRow(terminal, row, widths);
    }

    private int[] Widths(int? available)
    {
        var widths = columns.Select((column, i) => _rows.Select(row => row[i].Text.Length).Append(column.Name.Length).Max()).ToArray();
        var excess = widths.Sum() + Gap.Length * (widths.Length - 1) - (available ?? int.MaxValue);
        for (var i = 0; i < widths.Length && excess > 0; i++)
        {
            if (!columns[i].MayBeCut)
                continue;
            var given = Math.Min(excess, Math.Max(widths[i] - Math.Max(Narrowest, columns[i].Name.Length), 0));
            widths[i] -= given;
            excess -= given;
        }

        return widths;
    }

    private void WriteRow(Terminal terminal, Cell[] row, int[] widths)
    {
        var line = row.Select((cell, i) => terminal.Paint(cell.Colour, Fit(cell.Text, widths[i], columns[i].IsNumber, isLast: i == row.Length - 1)));
        terminal.WriteLine(string.Join(Gap, line).TrimEnd());
    }

    private static string Fit(string text, int width, bool isNumber, bool isLast)
    {
        if (text.Length > width)
            return text[..(width - 1)] + "…";
        if (isNumber)
            return text.PadLeft(width);
        return isLast ? text : text.PadRight(width);
    }
}
