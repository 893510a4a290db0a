using Uploader.Inspection.Polyglots;

namespace Uploader.Inspection.Png;

/// <summary>Looks into the compressed text or colour profile of one chunk after the other.</summary>
internal sealed class PackedText(Inspector inspector, long mostUnpacked)
{
    /// <summary>As libpng's default, PNG_USER_CHUNK_CACHE_MAX: each costs setting up a decompressor.</summary>
    private const int MostChunks = 1000;

    private readonly MetadataScan _scan = new(inspector);
    private Unpacking? _unpacking;
    private TextHead _head;
    private uint _type;
    private long _offset;
    private long _unpacked;
    private int _chunks;
    private bool _isIgnored;

    public static bool IsIn(uint type) => type is ChunkTypes.Ztxt or ChunkTypes.Itxt or ChunkTypes.Iccp;

    public void Begin(uint type, long offset)
    {
        _type = type;
        _head = new TextHead(type);
        _offset = offset;
        _isIgnored = ++_chunks > MostChunks;
        _scan.Reset();
        if (_isIgnored)
            inspector.Break(Rules.TooComplex, offset, $"more than {MostChunks} compressed chunks");
    }

    public void Feed(ReadOnlySpan<byte> content)
    {
        if (_isIgnored)
            return;
        if (_head.Feed(ref content) is { } fault)
            throw inspector.Broken(_offset, fault);
        if (!_head.IsOver || !_head.IsPacked)
            return;
        _unpacking ??= new Unpacking();
        while (!content.IsEmpty && !_unpacking.IsOver && !_isIgnored)
        {
            _unpacking.Feed(ref content);
            Unpack(_unpacking);
        }
    }

    public void End()
    {
        // One that is cut off is fine: what there is was looked at, and colour profiles without a checksum are written.
        _unpacking?.Dispose();
        _unpacking = null;
        if (!_head.IsOver && !_isIgnored)
            throw inspector.Broken(_offset, "a text without an end of its keyword");
    }

    private void Unpack(Unpacking unpacking)
    {
        Span<byte> text = stackalloc byte[4 << 10];
        try
        {
            for (var count = unpacking.Read(text); count > 0 && !_isIgnored; count = unpacking.Read(text))
            {
                _unpacked += count;
                if (_unpacked > mostUnpacked)
                {
                    _isIgnored = true;
                    inspector.Break(Rules.Bomb, _offset, $"compressed chunks unpack to more than {mostUnpacked} bytes");
                }
                else
                {
                    _scan.Feed(text[..count], _offset, _type);
                }
            }
        }
        catch (InvalidDataException)
        {
            throw inspector.Broken(_offset, "compressed text does not unpack");
        }
    }
}
