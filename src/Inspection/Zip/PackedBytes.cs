using Uploader.Inspection.Polyglots;
using Uploader.Inspection.Reading;

namespace Uploader.Inspection.Zip;

/// <summary>An entry's bytes as they lie in the file.</summary>
/// <param name="file">The file.</param>
/// <param name="offset">Where they begin.</param>
/// <param name="length">How many there are.</param>
/// <param name="script">One for all entries, each of which is a text of its own.</param>
/// <param name="inspector">Is told.</param>
internal sealed class PackedBytes(FileBytes file, long offset, long length, ScriptScan script, Inspector inspector) : ReadOnlyBytes
{
    private long _at;

    /// <summary>Bytes that nobody has asked for.</summary>
    public long Left => length - _at;

    /// <summary>Somebody asked for more than there is.</summary>
    public bool IsExceeded { get; private set; }

    /// <summary>
    /// The last byte comes alone: who unpacks asks for it only if there is need, and what nobody asked for is no part of the packed stream. The library does not
    /// say where in its input a stream ended.
    /// </summary>
    public override int Read(Span<byte> buffer)
    {
        IsExceeded |= Left == 0;
        var piece = file.At(offset + _at, (int)Math.Min(Math.Min(buffer.Length, FileBytes.Window), Left > 1 ? Left - 1 : Left));
        if (piece.IsEmpty)
            return 0;
        piece.CopyTo(buffer);
        // What is stored can be read by whoever reads the file for something else; so can what only looks packed.
        if (script.Feed(piece) is { } tell)
            inspector.Break(Rules.ScriptInMetadata, offset + _at, tell);
        _at += piece.Length;
        return piece.Length;
    }
}
