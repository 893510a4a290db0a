namespace System.Tests.Live;

/// <summary>Mounts and accounts of others are root's.</summary>
internal static class Root
{
    public static void IsNeeded(string reason) => Assert.SkipUnless(Environment.IsPrivilegedProcess, $"needs root: {reason}");
}
