namespace Uploader.Inspection.Polyglots;

/// <summary>Programs, where a format leaves room for anything: no system starts them there, and no honest file has them there.</summary>
internal static class Programs
{
    private const int ElfIdent = 7;

    private static ReadOnlySpan<byte> Elf => "\u007fELF"u8;

    // What linkers put in front of each PE program: Microsoft's and GNU's, and Borland's.
    private static ReadOnlySpan<byte> DosStub => "This program cannot be run in DOS mode"u8;

    private static ReadOnlySpan<byte> DosStubOfBorland => "This program must be run under Win"u8;

    public static SignatureScan Scan() => new(Find, 64);

    private static int Find(ReadOnlySpan<byte> bytes, out string what)
    {
        // 2^34 MiB: class, byte order and version are 1 or 2.
        what = "an ELF program's header";
        for (var at = 0; bytes[at..].IndexOf(Elf) is >= 0 and var next; at++)
        {
            at += next;
            if (bytes.Length - at >= ElfIdent && bytes[at + 4] is 1 or 2 && bytes[at + 5] is 1 or 2 && bytes[at + 6] == 1)
                return at;
        }

        what = "a Windows program's DOS stub";
        return Math.Max(bytes.IndexOf(DosStub), bytes.IndexOf(DosStubOfBorland));
    }
}
