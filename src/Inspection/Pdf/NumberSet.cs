using System.Collections;

namespace Uploader.Inspection.Pdf;

/// <summary>Numbers of objects: a bit each, so that a large file's fit into a little memory.</summary>
internal sealed class NumberSet
{
    /// <summary>Numbers are below this, in files that are read at all.</summary>
    public const int Limit = 1 << 19;

    private readonly BitArray _bits = new(0);

    public bool IsEmpty => _bits.Length == 0;

    public bool Contains(long number) => number >= 0 && number < _bits.Length && _bits[(int)number];

    public void Add(long number)
    {
        if (number is < 0 or >= Limit)
            return;
        if (number >= _bits.Length)
            _bits.Length = (int)Math.Min(Limit, Math.Max(1024, 2 * number));
        _bits[(int)number] = true;
    }

    /// <returns>A number that both have; null: there is none.</returns>
    public int? Common(NumberSet other)
    {
        for (var number = 0; number < Math.Min(_bits.Length, other._bits.Length); number++)
        {
            if (_bits[number] && other._bits[number])
                return number;
        }

        return null;
    }
}
