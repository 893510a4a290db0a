namespace Uploader.Shared.Storage;

/// <summary>The path a walk is at, kept as bytes and made text only when something has to be said.</summary>
internal sealed class WalkPath(string root)
{
    private readonly List<byte> _bytes = [.. System.Text.Encoding.UTF8.GetBytes(root.TrimEnd('/'))];

    public int Length => _bytes.Count;

    public void Push(ReadOnlySpan<byte> name)
    {
        _bytes.Add((byte)'/');
        _bytes.AddRange(WithoutZero(name));
    }

    public void CutTo(int length) => System.Runtime.InteropServices.CollectionsMarshal.SetCount(_bytes, length);

    public string Show() => DisplayPath.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_bytes));

    public string Show(ReadOnlySpan<byte> name) => name.IsEmpty ? Show() : DisplayPath.Of([.. _bytes, (byte)'/', .. WithoutZero(name)]);

    private static ReadOnlySpan<byte> WithoutZero(ReadOnlySpan<byte> name) => name[..name.IndexOf((byte)0)];
}
