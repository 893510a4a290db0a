using System.Text;

namespace Uploader.Shared.Keys;

/// <summary>One look at the key file: its text, or why there is none.</summary>
internal readonly record struct KeyFileReading(string? Text, string? Trouble)
{
    /// <summary>Thousands of keys fit; a wrong path (a log, a disk) does not.</summary>
    public const int MaxBytes = 1024 * 1024;

    public static KeyFileReading Of(string path)
    {
        try
        {
            // FileShare.ReadWrite keeps .NET from asking for a lock on the file, which an editor may hold.
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > MaxBytes)
                return new KeyFileReading(Text: null, $"it is larger than {MaxBytes} bytes");
            using var reader = new StreamReader(file, Encoding.UTF8);
            return new KeyFileReading(reader.ReadToEnd(), Trouble: null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new KeyFileReading(Text: null, "it does not exist");
        }
        catch (UnauthorizedAccessException)
        {
            return new KeyFileReading(Text: null, "permission denied, or it is a directory");
        }
        catch (IOException e)
        {
            return new KeyFileReading(Text: null, e.Message);
        }
    }
}
