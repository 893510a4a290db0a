using System.Globalization;

namespace Support.Machine;

/// <summary>What /proc says of processes that may be gone the next moment.</summary>
internal static class Processes
{
    /// <summary>A process and all below it.</summary>
    public static IEnumerable<int> Below(int process)
        => Children(process).SelectMany(child => Below(child).Prepend(child));

    /// <summary>Its numbers, from the namespace of whoever looks down to its own.</summary>
    public static string[] Numbers(int process)
        => Lines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("NSpid:", StringComparison.Ordinal))?.Split('\t')[1..] ?? [];

    /// <summary>The program it runs; empty for one that has ended.</summary>
    public static string Program(int process)
    {
        try
        {
            return Path.GetFileName(new FileInfo($"/proc/{process}/exe").LinkTarget) ?? "";
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static IEnumerable<int> Children(int process)
        => Lines($"/proc/{process}/task/{process}/children")
            .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(child => int.Parse(child, CultureInfo.InvariantCulture));

    private static string[] Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (IOException)
        {
            return [];
        }
    }
}
