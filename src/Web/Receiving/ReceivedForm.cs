namespace Uploader.Web.Receiving;

/// <summary>The files of one request in the order they came. Disposed: whatever was not committed is gone.</summary>
internal sealed class ReceivedForm : IDisposable
{
    private readonly List<ReceivedFile> _files = [];

    public IReadOnlyList<ReceivedFile> Files => _files;

    public void Add(ReceivedFile file) => _files.Add(file);

    public void Dispose() => _files.ForEach(file => file.Dispose());
}
