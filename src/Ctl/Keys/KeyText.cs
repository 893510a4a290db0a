using System.Text;
using Uploader.Shared.Keys;

namespace Uploader.Ctl.Keys;

/// <summary>The text of a key file, changed line by line. What is not touched stays as it is to the byte, whatever it is.</summary>
internal sealed class KeyText
{
    private readonly List<ReadOnlyMemory<byte>> _lines = [];

    public KeyText(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Span.IndexOf((byte)'\n') is >= 0 and var end)
        {
            _lines.Add(bytes[..end]);
            bytes = bytes[(end + 1)..];
        }

        _lines.Add(bytes);
    }

    /// <summary>What it says as it stands now.</summary>
    public KeyFile Parse() => KeyFile.Parse(Encoding.UTF8.GetString(ToBytes()).AsSpan().TrimStart('\uFEFF'));

    /// <param name="numbers">Of lines, counted from 1.</param>
    public void Remove(IEnumerable<int> numbers)
    {
        foreach (var number in numbers.OrderDescending())
            _lines.RemoveAt(number - 1);
    }

    /// <summary>Another key, or the same with other options, in the place of one. The comment stays.</summary>
    public void Replace(int number, NamedKey key)
    {
        var old = _lines[number - 1].Span;
        var comment = old.IndexOf((byte)'#') is >= 0 and var hash ? old[hash..] : [];
        _lines[number - 1] = (byte[])[.. Encoding.UTF8.GetBytes(KeyFile.Line(key) + (comment.IsEmpty ? "" : " ")), .. comment];
    }

    /// <param name="number">The line after which it shall stand; 0: at the end.</param>
    /// <param name="key">The key.</param>
    /// <param name="comment">One line, without the <c>#</c>.</param>
    public void Insert(int number, NamedKey key, string comment)
    {
        // What follows the last line end is no line, and an unfinished one becomes a line by the next.
        if (!_lines[^1].IsEmpty)
            _lines.Add(ReadOnlyMemory<byte>.Empty);
        _lines.Insert(number == 0 ? _lines.Count - 1 : number, Encoding.UTF8.GetBytes($"{KeyFile.Line(key)} # {comment}"));
    }

    public byte[] ToBytes()
    {
        var bytes = new MemoryStream();
        for (var i = 0; i < _lines.Count; i++)
        {
            if (i > 0)
                bytes.WriteByte((byte)'\n');
            bytes.Write(_lines[i].Span);
        }

        return bytes.ToArray();
    }
}
