using System.Net;
using System.Text.Json;
using Support;
using Uploader.Shared.Ledger;

namespace System.Tests.Live;

/// <summary>What both processes tell, as <c>uploaderctl status</c> shows it.</summary>
public sealed class StatusTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Uploads_refusals_jobs_and_both_processes_are_in_the_status_and_a_restart_loses_nothing()
    {
        await using var uploader = await LiveUploader.Start();
        await Send(uploader);
        await Until.True(async () => Uploads(await Status(uploader)) == (1, 1), Limit, "the upload and the refusal are told");

        var (exit, status) = await StatusAndExit(uploader);
        Assert.True(exit == 0, status.ToString());
        Assert.Equal(("running", "running", 1), (StateOf(status, "web"), StateOf(status, "worker"), status.GetProperty("keys").GetInt32()));
        await Until.True(async () => Jobs(await Status(uploader)).All(job => job.GetProperty("outcome").GetString() == "done"), Limit, "all five jobs are told done");
        Assert.Equal(["ban-sweep", "disk-watch", "permission-sweep", "staging-sweep", "ledger-trim"], Jobs(await Status(uploader)).Select(job => job.GetProperty("name").GetString()));

        await uploader.KillWeb();
        uploader.LaunchWeb();
        await uploader.Ready();
        await Send(uploader);
        await Until.True(async () => Uploads(await Status(uploader)) == (2, 2), Limit, "the hour goes on after kill -9");
        Assert.Equal(0, await uploader.Web!.Terminate());
        Assert.Equal(0, await uploader.Worker!.Terminate());
        var (failed, stopped) = await StatusAndExit(uploader);
        Assert.Equal((1, "stopped", "stopped", (2, 2)), (failed, StateOf(stopped, "web"), StateOf(stopped, "worker"), Uploads(stopped)));
    }

    [Fact]
    public async Task A_web_process_that_starts_after_the_ledger_was_lost_is_ready_before_the_next_look_at_the_disk()
    {
        await using var uploader = await LiveUploader.Start(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Schedule:DiskWatch"] = "1h", ["Schedule:PermissionSweep"] = "1h" });
        await uploader.KillWeb();
        // Between two batches of the worker: in the middle of one it would write over this.
        using (LedgerLock.Take(Path.Join(uploader.State, "ledger.lock"), Limit))
            await File.WriteAllTextAsync(Path.Join(uploader.State, "ledger.db"), "garbage, and not little of it", TestContext.Current.CancellationToken);

        uploader.LaunchWeb();
        await uploader.Ready();

        Assert.NotEmpty(Directory.EnumerateFiles(uploader.State, "ledger.db.corrupt-*"));
    }

    private static async Task Send(LiveUploader uploader)
    {
        using var client = uploader.NewClient();
        using var stored = await uploader.Upload(client, "a.png", Bytes.Png());
        Assert.Equal(HttpStatusCode.Created, stored.StatusCode);
        using var refused = await uploader.Upload(client, "a.exe", Bytes.Png());
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    private static async Task<JsonElement> Status(LiveUploader uploader) => (await StatusAndExit(uploader)).Status;

    private static async Task<(int Exit, JsonElement Status)> StatusAndExit(LiveUploader uploader)
    {
        var (exit, output) = await uploader.Run("Ctl", "status", "-o", "json");
        Assert.True(output.StartsWith('{'), $"{exit}: {output}");
        return (exit, JsonDocument.Parse(output).RootElement);
    }

    private static (int Uploads, int Refusals) Uploads(JsonElement status) => status.GetProperty("lastHour") is { ValueKind: JsonValueKind.Object } hour
        ? (hour.GetProperty("uploads").GetInt32(), hour.GetProperty("refusalsByCode").TryGetProperty("type-not-allowed", out var count) ? count.GetInt32() : 0)
        : (0, 0);

    private static JsonElement.ArrayEnumerator Jobs(JsonElement status) => status.GetProperty("jobs").EnumerateArray();

    private static string? StateOf(JsonElement status, string process) => status.GetProperty(process).GetProperty("state").GetString();
}
