using System.Text.Json;
using Uploader.Ctl.Commands;

namespace Uploader.Ctl.Inputs;

/// <summary>What a command reads: lines of text or JSON, or one JSON array, whose items then take the place of the lines.</summary>
internal static class InputLines
{
    /// <param name="session">Has standard input.</param>
    /// <param name="file">A name, or <c>-</c> for standard input.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IEnumerable<InputLine> Read(Session session, string file)
    {
        if (file == "-")
            return Read(session.Terminal.In, "standard input");
        return ReadAndClose(file);
    }

    private static IEnumerable<InputLine> ReadAndClose(string file)
    {
        using var reader = new StreamReader(file);
        foreach (var line in Read(reader, file))
            yield return line;
    }

    private static IEnumerable<InputLine> Read(TextReader reader, string name)
    {
        var number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (IsNothing(line))
                continue;
            if (number == 1 && line.TrimStart().StartsWith('['))
            {
                foreach (var item in Items($"{line}\n{reader.ReadToEnd()}", name))
                    yield return item;
                yield break;
            }

            yield return new(number, line.Trim());
        }
    }

    private static IEnumerable<InputLine> Items(string text, string name)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text);
        }
        catch (JsonException e)
        {
            throw new NotDoneException($"{name} begins as a JSON array and is none: {e.Message}", ExitStatus.NoInput);
        }

        using (document)
        {
            foreach (var (i, item) in document.RootElement.EnumerateArray().Index())
                yield return new(i + 1, item.GetRawText());
        }
    }

    private static bool IsNothing(string line) => line.AsSpan().Trim() is "" or ['#' or ';', ..];
}

/// <summary>A line that says something, or an item of an array.</summary>
/// <param name="Number">From 1.</param>
internal readonly record struct InputLine(int Number, string Text)
{
    public bool IsJson => Text.StartsWith('{');
}

/// <summary>A line that could not be read, as programs read of it.</summary>
/// <param name="Problem">Without a full stop.</param>
internal sealed record BadLine(int Line, string Problem);
