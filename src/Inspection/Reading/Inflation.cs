namespace Uploader.Inspection.Reading;

/// <summary>Unpacks what an attacker may have packed.</summary>
internal static class Inflation
{
    /// <summary>The library keeps the type to itself; its base type is also what a failing disk throws.</summary>
    private const string ZLibException = "System.IO.Compression.ZLibException";

    /// <summary>
    /// What is damaged is reported in one way. The library does not: for a stream that wants a preset dictionary (RFC 1950, FDICT) it throws an I/O error, as
    /// if a disk had failed.
    /// </summary>
    /// <exception cref="InvalidDataException">It is no such stream.</exception>
    public static int ReadPacked(this Stream packed, Span<byte> into)
    {
        try
        {
            return packed.Read(into);
        }
        catch (IOException e) when (e.GetType().FullName == ZLibException)
        {
            throw new InvalidDataException("The packed bytes do not unpack.", e);
        }
    }
}
