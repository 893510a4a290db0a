using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Shared.Tests.Journal;

/// <summary>The other end of the sink: a real unix datagram socket, read the way journald reads it.</summary>
internal sealed unsafe partial class JournalEnd : IDisposable
{
    private const int FGetSeals = 1034;
    private readonly string _folder = Directory.CreateTempSubdirectory("journal-").FullName;
    private Socket? _socket;

    public JournalEnd() => Open();

    public string Path => System.IO.Path.Combine(_folder, "socket");

    public bool IsEmpty => _socket!.Available == 0;

    public void Open()
    {
        _socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 5_000 };
        _socket.Bind(new UnixDomainSocketEndPoint(Path));
    }

    public void Vanish()
    {
        _socket?.Dispose();
        _socket = null;
        File.Delete(Path);
    }

    /// <summary>The next entry, whichever way it came. Fails the test when none comes in five seconds.</summary>
    public ReceivedEntry Receive()
    {
        var payload = new byte[256 * 1024];
        fixed (byte* bytes = payload)
        {
            var control = new Control();
            var vector = new Vector { Base = bytes, Length = (nuint)payload.Length };
            var message = new Message { Vector = &vector, VectorLength = 1, Control = &control, ControlLength = (nuint)sizeof(Control) };
            var length = recvmsg(_socket!.SafeHandle, &message, 0);
            Assert.True(length >= 0, $"nothing came: error {Marshal.GetLastPInvokeError()}");
            return message.ControlLength == 0
                ? new ReceivedEntry(payload[..(int)length], Seals: null)
                : FromMemory(control.File, length);
        }
    }

    public void Dispose()
    {
        Vanish();
        Directory.Delete(_folder, recursive: true);
    }

    private static ReceivedEntry FromMemory(int descriptor, nint payloadLength)
    {
        Assert.Equal(0, payloadLength);
        using var memory = new SafeFileHandle(descriptor, ownsHandle: true);
        var content = new byte[RandomAccess.GetLength(memory)];
        Assert.Equal(content.Length, RandomAccess.Read(memory, content, 0));
        return new ReceivedEntry(content, fcntl(memory, FGetSeals, 0));
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint recvmsg(SafeSocketHandle socket, Message* message, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fcntl(SafeFileHandle file, int command, nint argument);

    [StructLayout(LayoutKind.Sequential)]
    private struct Vector
    {
        public byte* Base;
        public nuint Length;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Control
    {
        public nuint Length;
        public int Level;
        public int Type;
        public int File;
        public int Padding;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Message
    {
        public void* Name;
        public uint NameLength;
        public Vector* Vector;
        public nuint VectorLength;
        public Control* Control;
        public nuint ControlLength;
        public int Flags;
    }
}

/// <summary>
/// The fields of one entry in the order they came, after https://systemd.io/JOURNAL_NATIVE_PROTOCOL; anything else is a failed test.
/// <c>journalctl -o export</c> speaks the same language, with an empty line behind each entry.
/// </summary>
internal sealed record ReceivedEntry(byte[] Bytes, int? Seals)
{
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; } = Assert.Single(Parse(Bytes));

    public string this[string name] => Assert.Single(Fields, f => f.Key == name).Value;

    public bool Has(string name) => Fields.Any(f => f.Key == name);

    /// <summary>The names of what the sender wrote, without what journald itself adds.</summary>
    public IEnumerable<string> OwnNames => Fields.Select(f => f.Key).Where(n => n[0] != '_').Order(StringComparer.Ordinal);

    public static List<ReceivedEntry> AllOf(byte[] export)
    {
        var entries = new List<ReceivedEntry>();
        for (var rest = export.AsSpan(); !rest.IsEmpty;)
        {
            var length = ParseOne(rest, []);
            entries.Add(new ReceivedEntry(rest[..length].ToArray(), Seals: null));
            rest = rest[Math.Min(length + 1, rest.Length)..];
        }

        return entries;
    }

    private static List<List<KeyValuePair<string, string>>> Parse(ReadOnlySpan<byte> rest)
    {
        var entries = new List<List<KeyValuePair<string, string>>>();
        while (!rest.IsEmpty)
        {
            var fields = new List<KeyValuePair<string, string>>();
            var length = ParseOne(rest, fields);
            entries.Add(fields);
            rest = rest[Math.Min(length + 1, rest.Length)..];
        }

        return entries;
    }

    /// <returns>The bytes up to the empty line that ends an entry, or to the end.</returns>
    private static int ParseOne(ReadOnlySpan<byte> entry, List<KeyValuePair<string, string>> fields)
    {
        var at = 0;
        while (at < entry.Length && entry[at] != '\n')
        {
            var rest = entry[at..];
            var lineEnd = rest.IndexOf((byte)'\n');
            Assert.True(lineEnd > 0, "a field ends with its line");
            var line = rest[..lineEnd];
            var equals = line.IndexOf((byte)'=');
            if (equals >= 0)
            {
                fields.Add(new(Encoding.ASCII.GetString(line[..equals]), Encoding.UTF8.GetString(line[(equals + 1)..])));
                at += lineEnd + 1;
                continue;
            }

            var length = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(rest[(lineEnd + 1)..]));
            fields.Add(new(Encoding.ASCII.GetString(line), Encoding.UTF8.GetString(rest.Slice(lineEnd + 9, length))));
            Assert.Equal((byte)'\n', rest[lineEnd + 9 + length]);
            at += lineEnd + 10 + length;
        }

        return at;
    }
}
