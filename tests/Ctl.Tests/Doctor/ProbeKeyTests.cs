using System.Net;
using Uploader.Ctl.Doctor.Fronts;
using Uploader.Shared.Keys;

namespace Ctl.Tests.Doctor;

/// <summary>The doctor's own key beside those of clients.</summary>
public sealed class ProbeKeyTests : IDisposable
{
    private readonly Operator _operator = new();

    public void Dispose() => _operator.Dispose();

    [Fact]
    public async Task It_comes_and_goes_and_leaves_every_byte_of_the_others()
    {
        byte[] before = [.. "# not UTF-8: "u8, 0xFF, 0xC3, (byte)'\r', (byte)'\n', .. System.Text.Encoding.UTF8.GetBytes(KeyFile.Line(NamedKey.Of("alice", "key"))), (byte)'\n'];
        await File.WriteAllBytesAsync(_operator.KeyFile, before, TestContext.Current.CancellationToken);
        using (var key = await Make())
        {
            var keys = KeyFile.Parse(await File.ReadAllTextAsync(_operator.KeyFile, TestContext.Current.CancellationToken)).Keys;
            Assert.Contains(keys, line => line.HasHashOf(NamedKey.Of("", key.Value)) && line.Options is { Expires: not null, From: not null });
            Assert.Equal(2, keys.Length);
        }

        Assert.Equal(before, await File.ReadAllBytesAsync(_operator.KeyFile, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task It_takes_no_change_back_that_somebody_else_makes_meanwhile()
    {
        await File.WriteAllTextAsync(_operator.KeyFile, string.Concat(Enumerable.Range(0, 20).Select(i => KeyFile.Line(NamedKey.Of($"old-{i}", $"{i}")) + "\n")), TestContext.Current.CancellationToken);
        var changes = Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
        {
            using (await Make())
                (await _operator.Runs("keys", "new", $"new-{i}")).Ends(0);
            (await _operator.Runs("keys", "revoke", $"old-{i}", "--yes")).Ends(0);
        }));
        await Task.WhenAll(changes);

        var names = KeyFile.Parse(await File.ReadAllTextAsync(_operator.KeyFile, TestContext.Current.CancellationToken)).Keys.Select(key => key.Name);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"new-{i}").Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
    }

    private Task<ProbeKey> Make() => ProbeKey.Make(_operator.KeyFile, IPAddress.Loopback, TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);
}
