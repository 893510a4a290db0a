using System.Runtime.InteropServices;
using Uploader.Shared.Addresses;

namespace Uploader.Shared.Bans;

/// <summary>One jail's windows, an address each, as long as their failures can matter.</summary>
internal sealed class FailureWindows(Jail jail)
{
    private readonly Dictionary<Cidr, FailureWindow> _windows = [];
    private readonly long _findTime = (long)jail.FindTime.TotalSeconds;

    public Jail Jail { get; } = jail;

    public int Count => _windows.Count;

    /// <summary>Adds failures that are not to be judged any more (a restart reads them again), or not yet.</summary>
    public FailureWindow Add(Cidr client, long at, long row, int count)
    {
        ref var window = ref CollectionsMarshal.GetValueRefOrAddDefault(_windows, client, out _);
        window ??= new FailureWindow();
        for (var i = 0; i < Math.Min(count, Jail.MaxRetry); i++)
            window.Add(at, row, Jail.MaxRetry, _findTime);
        return window;
    }

    public bool IsFull(FailureWindow window) => window.IsFull(Jail.MaxRetry, _findTime);

    public void Remove(Cidr client) => _windows.Remove(client);

    public void Clear() => _windows.Clear();

    /// <summary>Drops the addresses that have been quiet for longer than <c>FindTime</c>.</summary>
    public void Prune(long nowSeconds)
    {
        foreach (var (client, window) in _windows)
        {
            if (window.NewestAt < nowSeconds - _findTime)
                _windows.Remove(client);
        }
    }

    public void ForgetRows()
    {
        foreach (var window in _windows.Values)
            window.ForgetRows();
    }
}
