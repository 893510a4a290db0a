namespace Uploader.Inspection.Pdf;

/// <summary>Numbers of objects: a bit each, in pages that are there when they are needed, so that many fit into a little memory and few into less.</summary>
internal sealed class NumberSet
{
    /// <summary>Numbers are below this, in files that are read at all.</summary>
    public const int Limit = 1 << 19;

    private const int BitsPerWord = 64;
    private const int WordsPerPage = 128;
    private const int BitsPerPage = BitsPerWord * WordsPerPage;

    private readonly ulong[]?[] _pages = new ulong[Limit / BitsPerPage][];

    public bool IsEmpty => Array.TrueForAll(_pages, page => page is null);

    public bool Contains(long number) =>
        number is >= 0 and < Limit && _pages[number / BitsPerPage] is { } page && (page[number % BitsPerPage / BitsPerWord] & Bit(number)) != 0;

    public void Add(long number)
    {
        if (number is < 0 or >= Limit)
            return;
        var page = _pages[number / BitsPerPage] ??= new ulong[WordsPerPage];
        page[number % BitsPerPage / BitsPerWord] |= Bit(number);
    }

    /// <returns>A number that both have; null: there is none.</returns>
    public int? Common(NumberSet other)
    {
        for (var number = 0; number < Limit; number++)
        {
            if (_pages[number / BitsPerPage] is null || other._pages[number / BitsPerPage] is null)
                number += BitsPerPage - 1;
            else if (Contains(number) && other.Contains(number))
                return number;
        }

        return null;
    }

    private static ulong Bit(long number) => 1UL << (int)(number % BitsPerWord);
}
