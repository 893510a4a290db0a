namespace Uploader.Inspection.Polyglots;

/// <summary>Looks for script in what a format lets anybody write (comments, metadata, free space), in pieces of whatever size.</summary>
internal sealed class ScriptScan
{
    private static readonly byte[][] Tells = [[.. "<?php"u8], [.. "<script"u8]];

    private readonly int[] _matched = new int[Tells.Length];

    /// <returns>What it looks like; null: like nothing so far.</returns>
    public string? Feed(ReadOnlySpan<byte> piece)
    {
        foreach (var b in piece)
        {
            for (var i = 0; i < Tells.Length; i++)
            {
                var tell = Tells[i];
                // No tell has its first byte again inside.
                _matched[i] = (b | (char.IsAsciiLetterUpper((char)b) ? 0x20 : 0)) == tell[_matched[i]] ? _matched[i] + 1 : b == tell[0] ? 1 : 0;
                if (_matched[i] == tell.Length)
                    return System.Text.Encoding.ASCII.GetString(tell);
            }
        }

        return null;
    }

    /// <summary>Another text begins.</summary>
    public void Reset() => Array.Clear(_matched);
}
