using Uploader.Inspection.Reading;

namespace Uploader.Inspection.Pdf;

/// <summary>The file, and how much work it may make.</summary>
internal sealed class PdfFile(FileBytes bytes, Inspector inspector, InspectionPolicy policy)
{
    public const int Window = FileBytes.Window;

    private const long Always = 1 << 20;

    /// <summary>Nothing that is honest and large packs better than this.</summary>
    private const int MaxRatio = 200;

    /// <summary>What comes out is read token by token, which costs so many times more than what other formats have packed.</summary>
    private const int Cost = 4;

    private long _expanded;

    public long Length => bytes.Length;

    /// <summary>Fewer bytes than asked for at the end only.</summary>
    public int Read(long offset, Span<byte> into)
    {
        var count = bytes.Copy(offset, into);
        Account(offset);
        return count;
    }

    /// <summary>Good until the next call.</summary>
    public ReadOnlySpan<byte> At(long offset, int count)
    {
        var span = bytes.At(offset, count);
        Account(offset);
        return span;
    }

    /// <summary>So much more came out of a packed part.</summary>
    /// <param name="count">Bytes.</param>
    /// <param name="together">Bytes that came out of this part.</param>
    /// <param name="packed">Bytes of this part in the file.</param>
    /// <param name="offset">Where it is.</param>
    public void Expand(long count, long together, long packed, long offset)
    {
        _expanded += count;
        if (_expanded <= policy.MaxExpanded / Cost && (together <= Always || together / MaxRatio <= packed))
            return;
        inspector.Break(Rules.Bomb, offset, $"{together} bytes of {packed}, {_expanded} of the whole file");
        throw inspector.Broken(offset, "unpacks to too much");
    }

    private void Account(long offset)
    {
        if (bytes.Read <= (policy.MaxReadings * bytes.Length) + Always)
            return;
        inspector.Break(Rules.TooComplex, offset, $"{bytes.Read} bytes read of {bytes.Length}");
        throw inspector.Broken(offset, "sends to and fro");
    }
}
