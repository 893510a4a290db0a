using Microsoft.Win32.SafeHandles;
using Uploader.Ctl.Commands;
using Uploader.Shared.Keys;
using Uploader.Shared.Storage;

namespace Uploader.Ctl.Keys;

/// <summary>
/// The key file while it is changed: one at a time, by a lock on its folder, and put in place as a whole with the owner, group and mode it had. A new one
/// belongs to us and the folder's group, mode 0640.
/// </summary>
internal sealed class KeyFileEdit : IDisposable
{
    private const UnixFileMode NewMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Folder _folder;
    private readonly string _name;
    private readonly Permissions _permissions;
    private readonly KeyFile _before;

    private KeyFileEdit(Folder folder, string path)
    {
        (_folder, Path, _name) = (folder, path, System.IO.Path.GetFileName(path));
        using var file = TryOpen(folder, _name);
        if (file is null)
        {
            _permissions = new Permissions(NewMode, Accounts.CurrentUser, Posix.Status(folder.Handle).GroupId);
            Text = new KeyText(ReadOnlyMemory<byte>.Empty);
        }
        else
        {
            _permissions = Posix.Status(file).Permissions;
            Text = new KeyText(Read(file, path));
        }

        _before = Text.Parse();
    }

    /// <summary>Where it really is.</summary>
    public string Path { get; }

    public KeyText Text { get; }

    /// <exception cref="NotDoneException">Somebody else is changing it, or it is no file.</exception>
    /// <exception cref="PosixException">The folder or the file cannot be read.</exception>
    public static async Task<KeyFileEdit> Begin(string path, CancellationToken cancellation)
    {
        // The link, if it is one, is the operator's: what it leads to is replaced, and it stays.
        var named = new FileInfo(path);
        path = named.LinkTarget is null ? named.FullName : named.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        var folder = Folder.OpenRoot(System.IO.Path.GetDirectoryName(path)!);
        try
        {
            await Lock(folder, path, cancellation);
            return new KeyFileEdit(folder, path);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Puts the text in place.</summary>
    /// <param name="added">The only key in it that may not have been in force before: to take a line out can let another one in.</param>
    /// <exception cref="PosixException">The file is as it was.</exception>
    public void Save(NamedKey? added = null)
    {
        if (Text.Parse().Keys.FirstOrDefault(key => added?.HasHashOf(key) != true && !_before.Keys.Any(other => other.Name == key.Name && other.HasHashOf(key))) is { } stray)
            throw new InvalidOperationException($"The change would have let in a key of {stray.Name} that was not in force.");
        var bytes = Text.ToBytes();
        if (bytes.Length > KeyFileReading.MaxBytes)
            throw new NotDoneException($"{Path} would be larger than {KeyFileReading.MaxBytes} bytes: the web process would not read it", ExitStatus.No);
        FileReplacement.Write(_folder, _name, bytes, _permissions);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task Lock(Folder folder, string path, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!Posix.TryLock(folder.Handle))
        {
            // Not for ever: the service may open the folder too, and what took it over could hold the lock.
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
                throw new NotDoneException($"somebody else is changing {DisplayPath.Of(path)}", ExitStatus.TryAgain);
            await Task.Delay(Pause, TimeProvider.System, cancellation);
        }
    }

    private static SafeFileHandle? TryOpen(Folder folder, string name)
    {
        var file = Posix.TryOpenAt(folder.Handle, [.. System.Text.Encoding.UTF8.GetBytes(name), 0], OpenFlags.ReadOnly | OpenFlags.NonBlocking, out var errno);
        return file is not null || errno == Errno.NoEntry ? file : throw new PosixException("openat", errno, folder.PathOf(name));
    }

    private static byte[] Read(SafeFileHandle file, string path)
    {
        var status = Posix.Status(file);
        if (!status.IsRegular || status.Size > KeyFileReading.MaxBytes)
            throw new NotDoneException($"{DisplayPath.Of(path)} is no key file: it is {(status.IsRegular ? $"larger than {KeyFileReading.MaxBytes} bytes" : "not a regular file")}", ExitStatus.NoInput);
        var bytes = new byte[status.Size];
        return bytes[..Posix.Read(file, 0, bytes)];
    }
}
