using Support;

namespace System.Tests.Live;

/// <summary>One pair of processes for the tests of a class.</summary>
public sealed class RunningUploader : IAsyncLifetime
{
    private LiveUploader? _uploader;

    public LiveUploader Uploader => _uploader!;

    public async ValueTask InitializeAsync() => _uploader = await LiveUploader.Start();

    public ValueTask DisposeAsync() => _uploader?.DisposeAsync() ?? ValueTask.CompletedTask;
}
