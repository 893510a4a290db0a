using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Uploader.Ctl.Terminals;
using Uploader.Shared.Storage;

namespace Uploader.Ctl.Uploads;

/// <summary>What became of a verification.</summary>
/// <param name="Intact">Files whose content has the digest that was recorded when they were stored.</param>
/// <param name="Bytes">That were read.</param>
/// <param name="NotListed">Problems beyond those in <paramref name="Problems"/>.</param>
internal sealed record Verification(long Files, long Intact, long Bytes, IReadOnlyList<Problem> Problems, long NotListed)
{
    public long ProblemCount => Problems.Count + NotListed;
}

/// <summary>Something in the store that is not as it was stored.</summary>
/// <param name="Path">Below the uploads directory or, of what is no file, whole; with what cannot be shown written as escapes.</param>
/// <param name="Verdict">In a few words that do not change: <c>content differs</c>.</param>
/// <param name="Bytes">How long it is now; null: no file, or not to be read.</param>
internal sealed record Problem(string Path, string Verdict, string Detail, long? Bytes = null, string? Recorded = null, string? Found = null, DateTimeOffset? Modified = null);

/// <summary>Reads the uploads again and compares their digests with those that were recorded. Keeps one buffer, and a bounded list of what is wrong.</summary>
internal sealed class Verifier(UploadSelection selection, Progress progress, CancellationToken cancellation) : StoreVisitor(selection)
{
    private const int MostListed = 10_000;
    private const int Attempts = 3;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(1 << 20);
    private readonly List<Problem> _problems = [];
    private long _files;
    private long _intact;
    private long _bytes;
    private long _notListed;

    public Verification Result => new(_files, _intact, _bytes, _problems, _notListed);

    public override void Foreign(in Finding finding, string kind) => Add(new Problem(finding.Path, "foreign object", $"a {kind}, which no upload is"));

    protected override void See(Upload upload, in FoundFile file, SafeFileHandle handle)
    {
        _files++;
        if (Verdict.IsHardLinked(file.Found))
            Add(new Problem(upload.Path, "other names", $"a {Verdict.HardLink}: whoever has one of them has the file", upload.Bytes));
        if (upload.Known.Sha256 is not { } recorded)
            Add(new Problem(upload.Path, "no digest", "no digest was recorded: the service did not store it, or its attributes are lost", upload.Bytes, Modified: upload.Modified));
        else if (TryDigest(handle) is not { } found)
            Add(new Problem(upload.Path, "changing", "it was modified each time while it was read", upload.Bytes, recorded, Modified: upload.Modified));
        else if (found != recorded)
            Add(Differs(upload, recorded, found));
        else
            _intact++;
    }

    protected override void Unreadable(string path, string reason)
    {
        base.Unreadable(path, reason);
        Add(new Problem(path, "cannot be read", reason));
    }

    private static Problem Differs(Upload upload, string recorded, string found)
    {
        var length = upload.Bytes == 0 ? "it is empty now" : $"it has {upload.Bytes} bytes now";
        var modified = upload.Known.At is { } at && upload.Modified > at.AddSeconds(1) ? $", modified {Shown.Time(upload.Modified)}" : "";
        return new Problem(upload.Path, "content differs", length + modified, upload.Bytes, recorded, found, upload.Modified);
    }

    /// <summary>Null when the file changed during each attempt: then a digest of it says nothing.</summary>
    private string? TryDigest(SafeFileHandle file)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var before = StampOf(file);
            var digest = Digest(file);
            if (StampOf(file) == before)
                return digest;
        }

        return null;
    }

    private string Digest(SafeFileHandle file)
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var offset = 0L; ;)
        {
            cancellation.ThrowIfCancellationRequested();
            var read = Posix.Read(file, offset, _buffer);
            sha256.AppendData(_buffer, 0, read);
            // A store larger than the memory must not push everything else out of it.
            Posix.Forget(file, offset, read);
            offset += read;
            _bytes += read;
            progress.Show(() => $"{_files} files, {Shown.Bytes(_bytes)}, {Shown.Bytes((long)(_bytes / Math.Max(progress.Elapsed.TotalSeconds, 0.001)))}/s, {_problems.Count + _notListed} problems");
            if (read < _buffer.Length)
                return Convert.ToHexStringLower(sha256.GetHashAndReset());
        }
    }

    // The time of the last change and not of the last modification: who writes a file can set that one back.
    private static (ulong Size, long Seconds, uint Nanoseconds) StampOf(SafeFileHandle file)
    {
        var status = Posix.Status(file, Statx.Verdict | Statx.ChangedTime);
        return (status.Size, status.ChangedSeconds, status.ChangedNanoseconds);
    }

    private void Add(Problem problem)
    {
        if (_problems.Count < MostListed)
            _problems.Add(problem);
        else
            _notListed++;
    }
}
