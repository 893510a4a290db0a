using System.Runtime.InteropServices;
using System.Text;

namespace Uploader.Shared.Storage;

/// <summary>The path a walk is at, kept as bytes and made text only when something has to be said.</summary>
internal sealed class WalkPath(string root)
{
    private readonly List<byte> _bytes = [.. Encoding.UTF8.GetBytes(root.TrimEnd('/'))];
    private readonly int _rootLength = Encoding.UTF8.GetByteCount(root.TrimEnd('/'));

    public int Length => _bytes.Count;

    /// <summary>Where the walk is, without the root and its slash.</summary>
    public ReadOnlySpan<byte> BelowRoot => Length == _rootLength ? [] : CollectionsMarshal.AsSpan(_bytes)[(_rootLength + 1)..];

    public void Push(ReadOnlySpan<byte> name)
    {
        _bytes.Add((byte)'/');
        _bytes.AddRange(WithoutZero(name));
    }

    public void CutTo(int length) => CollectionsMarshal.SetCount(_bytes, length);

    public string Show() => DisplayPath.Of(CollectionsMarshal.AsSpan(_bytes));

    public string Show(ReadOnlySpan<byte> name) => name.IsEmpty ? Show() : DisplayPath.Of([.. _bytes, (byte)'/', .. WithoutZero(name)]);

    /// <summary>The same of an entry of the folder where the walk is.</summary>
    public ReadOnlySpan<byte> BelowRootOf(ReadOnlySpan<byte> name) =>
        Length == _rootLength ? WithoutZero(name) : (byte[])[.. BelowRoot, (byte)'/', .. WithoutZero(name)];

    private static ReadOnlySpan<byte> WithoutZero(ReadOnlySpan<byte> name) => name[..name.IndexOf((byte)0)];
}
