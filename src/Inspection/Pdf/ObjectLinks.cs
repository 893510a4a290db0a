namespace Uploader.Inspection.Pdf;

/// <summary>
/// What only two objects together show, kept until all were seen: an action that runs by itself but stands elsewhere, the names of scripts, a script in the document's
/// information.
/// </summary>
internal sealed class ObjectLinks(Inspector inspector)
{
    /// <summary>The number of an object that no number leads to, but for readers that mend.</summary>
    public const int Hidden = -1;

    /// <summary>Places in object streams; actions mostly stand where they are needed, in no object of their own.</summary>
    private const int MaxPlaces = 2048;

    private readonly NumberSet _written = new();
    private readonly NumberSet _writtenAgain = new();
    private readonly NumberSet _acting = new();
    private readonly NumberSet _opened = new();
    private readonly NumberSet _scriptNames = new();
    private readonly NumberSet _withScript = new();
    private readonly NumberSet _information = new();
    private readonly NumberSet _catalogs = new();
    private readonly NumberSet _lengths = new();
    private readonly HashSet<(long Stream, long Index)> _runningPlaces = [];
    private bool _hasHiddenAction;

    /// <summary>An object begins.</summary>
    public void See(int number)
    {
        if (_written.Contains(number))
            _writtenAgain.Add(number);
        _written.Add(number);
    }

    /// <summary>The object would be more than a way to a page, if it were an action, or it leads elsewhere.</summary>
    public void SeeActing(int number) => _acting.Add(number);

    /// <summary>The object is an action that some reader runs, or may be one.</summary>
    /// <param name="number">Of the object.</param>
    /// <param name="place">In an object stream.</param>
    public void SeeRunning(int number, (long Stream, long Index)? place)
    {
        _hasHiddenAction |= number == Hidden;
        if (place is { } known && _runningPlaces.Count < MaxPlaces)
            _runningPlaces.Add(known);
    }

    /// <summary>The object is an action that runs by itself.</summary>
    public void SeeOpened(long number) => _opened.Add(number);

    /// <summary>The object has the names of scripts.</summary>
    public void SeeScriptNames(long number) => _scriptNames.Add(number);

    public void SeeScript(int number) => _withScript.Add(number);

    /// <summary>The object is the document's information.</summary>
    public void SeeInformation(long number) => _information.Add(number);

    /// <summary>The object says how long an object stream or a cross-reference is.</summary>
    public void SeeLength(long number) => _lengths.Add(number);

    public void SeeCatalog(int number) => _catalogs.Add(number);

    public bool IsCatalog(long number) => _catalogs.Contains(number);

    /// <summary>A cross-reference says of a number that its object is another one. A careless reader takes that, so the number is judged like the other.</summary>
    /// <returns>The file has no object of this number, so that readers that look find none, and one of the other.</returns>
    public bool TryAlias(long number, long other)
    {
        if (number >= NumberSet.Limit || _written.Contains(number) || _writtenAgain.Contains(other))
            return false;
        if (_acting.Contains(other))
            _acting.Add(number);
        if (_withScript.Contains(other))
            _withScript.Add(number);
        return true;
    }

    /// <summary>A cross-reference says in which place of an object stream an object is. Some readers take what is there, whatever number stands at it.</summary>
    public void SeePlace(Entry entry)
    {
        if (_lengths.Contains(entry.Number))
            inspector.Break(Rules.TooComplex, 0, $"object {entry.Number} is the length of an object stream, and in one");
        if (!_opened.Contains(entry.Number))
            return;
        if (_runningPlaces.Contains((entry.Where, entry.Generation)))
            inspector.Break(Rules.PdfOpenAction, 0, $"object {entry.Number} is an action that runs by itself, in another's place");
        if (_runningPlaces.Count == MaxPlaces)
            inspector.Break(Rules.TooComplex, 0, "too many actions in object streams");
    }

    /// <summary>All objects were seen.</summary>
    public void Conclude()
    {
        if (_lengths.Common(_writtenAgain) is { } length)
            inspector.Break(Rules.TooComplex, 0, $"object {length} is the length of an object stream, and there twice");
        if (_scriptNames.Common(_written) is { } names)
            inspector.Break(Rules.PdfJavaScript, 0, $"object {names} has the names of scripts");
        if (_opened.Common(_acting) is { } action)
            inspector.Break(Rules.PdfOpenAction, 0, $"object {action} is an action that runs by itself");
        if (_hasHiddenAction && !_opened.IsEmpty)
            inspector.Break(Rules.PdfOpenAction, 0, "an action that no object number leads to, and one that runs by itself");
        if (_information.Common(_withScript) is { } information)
            inspector.Break(Rules.ScriptInMetadata, 0, $"script in the document's information, object {information}");
    }
}
