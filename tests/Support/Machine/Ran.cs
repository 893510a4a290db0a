namespace Support.Machine;

/// <summary>What came of a command inside a <see cref="DebianMachine"/>.</summary>
public sealed record Ran(int ExitCode, string Output, string Complaint)
{
    public override string ToString() => $"exit code {ExitCode}\n{Output}{Complaint}";
}
