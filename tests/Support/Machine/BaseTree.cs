namespace Support.Machine;

/// <summary>The tree below every <see cref="DebianMachine"/>, which the script <c>build</c> beside this file makes once and finds again.</summary>
internal static class BaseTree
{
    private static readonly Lazy<Task<string>> Built = new(Build);

    public static Task<string> Path => Built.Value;

    private static async Task<string> Build()
    {
        // Some minutes on a slow line, where it was never built before.
        await using var build = Child.Start(Checkout.Of("tests", "Support", "Machine", "build"), []);
        return await build.Exit(TimeSpan.FromMinutes(15)) == 0
            ? build.StandardOutput.TrimEnd()
            : throw new InvalidOperationException($"The base tree of the test machines was not built:\n{build.Output}");
    }
}
