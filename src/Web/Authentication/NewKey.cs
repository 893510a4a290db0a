using Uploader.Shared.Keys;

namespace Uploader.Web.Authentication;

/// <summary><c>Uploader.Web --new-key NAME</c>: prints a new key, and on a second line what belongs into the key file.</summary>
internal static class NewKey
{
    private const int BadUsage = 64;

    public static int Print(string name)
    {
        try
        {
            var key = ClientKey.New();
            var line = KeyFile.Line(NamedKey.Of(name, key));
            Console.WriteLine($"{key}\n{line}");
            return 0;
        }
        catch (ArgumentException e)
        {
            Console.Error.WriteLine(e.Message);
            return BadUsage;
        }
    }
}
