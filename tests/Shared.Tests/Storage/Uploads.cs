using System.Text;
using Microsoft.Extensions.Logging;
using Uploader.Shared.Storage;

namespace Shared.Tests.Storage;

/// <summary>A real uploads folder, beside it a folder <c>outside</c> with a secret, both gone with the test.</summary>
internal sealed class Uploads : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 3, 9, 23, 59, 58, TimeSpan.Zero);
    public static readonly FileDescription Described = new("holiday.png", new string('a', 64), "image/png", "alice", "203.0.113.7");

    private readonly List<string> _mounts = [];

    public Uploads()
    {
        Base = Path.Combine("/tmp", $"uploader-storage-{Guid.NewGuid():N}");
        Root = Directory.CreateDirectory(Path.Combine(Base, "uploads")).FullName;
        Secret = Path.Combine(Directory.CreateDirectory(Path.Combine(Base, "outside")).FullName, "secret");
        File.WriteAllText(Secret, "secret");
        Machine.Chmod(Secret, "0604");
        Machine.Chmod(Root, "0750");
        Machine.Chmod(Base, "0755");
    }

    public string Base { get; }

    public string Root { get; }

    public string Secret { get; }

    public string Staging => Path.Combine(Root, ".incoming");

    public WantedPermissions Wanted { get; init; } = new(Accounts.CurrentUser, Accounts.FindGroup("www-data") ?? 0);

    public Recorder<UploadStore> Events { get; } = new();

    public UploadStore Store(Durability durability = Durability.Full) => new(Root, Accounts.GroupName(Wanted.GroupId), durability, Events);

    public StoredFile Put(string content = "content", string extension = "png", UploadStore? store = null)
    {
        using var staged = (store ?? Store()).Stage();
        staged.Append(Encoding.UTF8.GetBytes(content));
        return staged.Commit(extension, Described, Now);
    }

    public string this[string path] => Path.Combine(Root, path);

    /// <summary>A file as it should be, or with another mode.</summary>
    public string Plant(string path, string mode = "0640", string content = "planted")
    {
        Folder(Path.GetDirectoryName(path)!);
        File.WriteAllText(this[path], content);
        Machine.Chown(this[path], Wanted.UserId, Wanted.GroupId);
        Machine.Chmod(this[path], mode);
        return this[path];
    }

    public string Folder(string path, string mode = "0750")
    {
        var at = Root;
        Machine.Chown(at, Wanted.UserId, Wanted.GroupId);
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            at = Path.Combine(at, name);
            if (Directory.Exists(at))
                continue;
            Directory.CreateDirectory(at);
            Machine.Chown(at, Wanted.UserId, Wanted.GroupId);
            Machine.Chmod(at, "0750");
        }

        Machine.Chmod(at, mode);
        return at;
    }

    public Uploads Mounted(string type, string options, string path = "")
    {
        Machine.MustBeRoot();
        Machine.Mount(type, this[path], type, 0, options);
        _mounts.Add(this[path]);
        if (path.Length == 0)
            Machine.Chmod(Root, "0750");
        return this;
    }

    /// <summary>The same device in a second place, which st_dev cannot tell.</summary>
    public void Bind(string source, string path)
    {
        Machine.Mount(source, this[path], "none", 4096, "");
        _mounts.Add(this[path]);
    }

    public WalkReport Walk(IDriftVisitor? visitor = null) => TreeWalk.Run(Root, Wanted, visitor, TestContext.Current.CancellationToken);

    public DriftList Drift()
    {
        var list = new DriftList(1000);
        Walk(list);
        return list;
    }

    public string[] StagedNames() => Directory.Exists(Staging) ? Directory.GetFileSystemEntries(Staging) : [];

    public void Dispose()
    {
        foreach (var mount in _mounts.AsEnumerable().Reverse())
            Machine.Unmount(mount);
        // rm and not Directory.Delete: it can go 10,000 folders deep.
        Machine.Run("rm", "-rf", "--one-file-system", Base);
    }
}

/// <summary>Keeps the events that were logged, as their text.</summary>
internal sealed class Recorder<T> : ILogger<T>
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }

    public void Clear()
    {
        lock (_lines)
            _lines.Clear();
    }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lines)
            _lines.Add($"{eventId.Name}: {formatter(state, exception)}");
    }
}
