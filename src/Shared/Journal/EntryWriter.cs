using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Uploader.Shared.Journal;

/// <summary>Writes the fields of one journal entry in journald's native format (<see href="https://systemd.io/JOURNAL_NATIVE_PROTOCOL"/>).</summary>
internal sealed class EntryWriter
{
    /// <summary>A longer value is cut here and ends in an ellipsis: one hostile header must not fill the journal.</summary>
    public const int MaxValueBytes = 64 * 1024;

    // journald throws the whole entry away above 1,024 fields.
    private const int MaxFields = 256;

    private readonly ArrayBufferWriter<byte> _bytes = new(512);
    private int _fields;

    /// <param name="name">A valid field name: ours, or from <see cref="FieldName"/>.</param>
    /// <param name="value">Any text at all.</param>
    public void Write(string name, string value)
    {
        if (++_fields > MaxFields)
        {
            return;
        }

        var text = Cut(value);
        Encoding.ASCII.GetBytes(name, _bytes);
        if (NeedsLength(text))
        {
            WriteWithLength(text);
        }
        else
        {
            _bytes.Write("="u8);
            Encoding.UTF8.GetBytes(text, _bytes);
        }

        _bytes.Write("\n"u8);
    }

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    // A newline in `NAME=value` would begin a field of the value's choosing; with its length before it, a value is only a value.
    // The other control bytes would be legal in the short form, but need not be trusted to every reader of it.
    private static bool NeedsLength(ReadOnlySpan<char> value) => value.ContainsAnyInRange('\0', '\u001f') || value.Contains('\u007f');

    private void WriteWithLength(ReadOnlySpan<char> text)
    {
        _bytes.Write("\n"u8);
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.GetSpan(sizeof(ulong)), (ulong)Encoding.UTF8.GetByteCount(text));
        _bytes.Advance(sizeof(ulong));
        Encoding.UTF8.GetBytes(text, _bytes);
    }

    private static ReadOnlySpan<char> Cut(string value)
    {
        // Three bytes are the most a UTF-16 unit can become, so short values need no counting.
        if (value.Length <= MaxValueBytes / 3 || Encoding.UTF8.GetByteCount(value) <= MaxValueBytes)
        {
            return value;
        }

        const string Ellipsis = "…";
        var room = MaxValueBytes - Encoding.UTF8.GetByteCount(Ellipsis);
        var kept = 0;
        foreach (var rune in value.EnumerateRunes())
        {
            room -= rune.Utf8SequenceLength;
            if (room < 0)
            {
                break;
            }

            kept += rune.Utf16SequenceLength;
        }

        return string.Concat(value.AsSpan(0, kept), Ellipsis);
    }
}
