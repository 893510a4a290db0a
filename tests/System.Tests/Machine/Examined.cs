using System.Text.Json;
using Support;
using Support.Machine;

namespace System.Tests.Machine;

/// <summary>What <c>uploaderctl doctor</c> said of a machine, a line by its id.</summary>
internal sealed record Examined(int ExitCode, IReadOnlyDictionary<string, ExaminedLine> Lines)
{
    private static readonly TimeSpan HealingTime = TimeSpan.FromSeconds(40);

    public static async Task<Examined> Of(DebianMachine machine, params string[] words)
    {
        var ran = await machine.Run("uploaderctl", ["doctor", "-o", "json", .. words]);
        Assert.True(ran is { ExitCode: 0 or 1, Complaint: "" }, $"{ran}");
        using var lines = JsonDocument.Parse(ran.Output);
        return new Examined(ran.ExitCode, lines.RootElement.EnumerateArray().ToDictionary(
            line => line.GetProperty("id").GetString()!,
            line => new ExaminedLine(line.GetProperty("verdict").GetString()!, line.GetProperty("finding").GetString()!, line.GetProperty("mend").GetString() ?? ""),
            StringComparer.Ordinal));
    }

    /// <summary>Examines until nothing fails any more: a worker that was restarted has not yet walked over the uploads.</summary>
    public static async Task<Examined> OnceWell(DebianMachine machine, string after)
    {
        var last = await Of(machine);
        try
        {
            await Until.True(async () => last.ExitCode == 0 || (last = await Of(machine)).ExitCode == 0, HealingTime, $"well after: {after}");
            return last;
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}\n{last}", e);
        }
    }

    public override string ToString() => string.Join('\n', Lines.Where(line => line.Value.Verdict != "pass").Select(line => $"{line.Key}: {line.Value}"));
}

/// <summary>One line of the doctor.</summary>
internal sealed record ExaminedLine(string Verdict, string Finding, string Mend);
