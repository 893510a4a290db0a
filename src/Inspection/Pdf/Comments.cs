using System.Text;
using Uploader.Inspection.Polyglots;

namespace Uploader.Inspection.Pdf;

/// <summary>Anybody may write anything into a comment: judges whether it makes the file one of another kind.</summary>
internal sealed class Comments(Inspector inspector)
{
    /// <summary>Bytes.</summary>
    public const int LongestMark = 8;

    /// <summary>What begins a file for programs that search for the beginning, as self-extracting archives made them do.</summary>
    private static readonly (byte[] Mark, string Name)[] Marks =
    [
        ([.. "PK\x03\x04"u8], "a ZIP entry"),
        ([.. "PK\x05\x06"u8], "a ZIP end record"),
        ([.. "Rar!\x1a\x07"u8], "a RAR archive"),
        ([.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C], "a 7z archive"),
        ([.. "\x7f"u8, .. "ELF"u8], "an ELF program"),
    ];

    private readonly ScriptScan _scripts = new();
    private long _offset;

    public void Begin(long offset)
    {
        _offset = offset;
        _scripts.Reset();
    }

    /// <param name="piece">The comment's next bytes.</param>
    /// <param name="ahead">The same, and of those that follow as many as there are at hand.</param>
    public void See(ReadOnlySpan<byte> piece, ReadOnlySpan<byte> ahead)
    {
        if (_scripts.Feed(piece) is { } script)
            inspector.Break(Rules.ScriptInMetadata, _offset, $"{script} in a comment");
        foreach (var (mark, name) in Marks)
        {
            if (ahead.IndexOf(mark) >= 0)
                inspector.Break(Rules.Polyglot, _offset, $"{name} in a comment");
        }
    }
}
