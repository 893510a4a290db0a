namespace Uploader.Inspection.Mp4;

/// <summary>One box, as its header says (ISO/IEC 14496-12, 4.2).</summary>
/// <param name="Type">Its four letters.</param>
/// <param name="Kind">What it is where it stands; null: nothing that is judged.</param>
/// <param name="Start">Where its header begins.</param>
/// <param name="Content">Where its content begins.</param>
/// <param name="End">Where it ends; <see cref="ToTheEnd"/>: with the file.</param>
internal readonly record struct Box(uint Type, BoxKind? Kind, long Start, long Content, long End)
{
    public const long ToTheEnd = long.MaxValue;

    /// <summary>Bytes.</summary>
    public long Length => End - Content;
}
