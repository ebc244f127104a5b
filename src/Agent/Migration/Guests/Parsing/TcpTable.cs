using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace NodeAgent.Migration.Guests.Parsing;

/// <summary>/proc/PID/net/tcp and tcp6: https://man7.org/linux/man-pages/man5/proc_net.5.html. Lines that are none are passed over. Pure.</summary>
internal static class TcpTable
{
    private const int MostLines = 1 << 16;

    /// <summary>Adds the connections and listeners of a table.</summary>
    public static void Parse(ReadOnlySpan<byte> text, List<TcpSocket> sockets)
    {
        foreach (var line in text.Split((byte)'\n'))
        {
            if (sockets.Count >= MostLines) return;
            if (TryParse(text[line], out var socket)) sockets.Add(socket);
        }
    }

    // "   0: 0100007F:1F90 0200007F:C000 01 00000000:00000000 00:00000000 00000000     0        0 12345 1 …"
    private static bool TryParse(ReadOnlySpan<byte> line, out TcpSocket socket)
    {
        const int fields = 10;
        socket = default;
        Span<Range> parts = stackalloc Range[fields];
        var count = 0;
        foreach (var range in line.Split((byte)' '))
        {
            if (line[range].IsEmpty) continue;
            parts[count++] = range;
            if (count == fields) break;
        }

        if (count < fields || !TryEndpoint(line[parts[1]], out var local) || !TryEndpoint(line[parts[2]], out var remote)) return false;
        if (!Utf8Parser.TryParse(line[parts[3]], out byte state, out var read, 'x') || read != line[parts[3]].Length) return false;
        if (!Utf8Parser.TryParse(line[parts[9]], out ulong inode, out read) || read != line[parts[9]].Length) return false;
        socket = new TcpSocket((TcpState)state, local, remote, inode);
        return true;
    }

    private static bool TryEndpoint(ReadOnlySpan<byte> text, out IPEndPoint endpoint)
    {
        const int v4 = 8, v6 = 32;
        endpoint = null!;
        var colon = text.IndexOf((byte)':');
        if (colon is not (v4 or v6)) return false;
        Span<byte> address = stackalloc byte[v6 / 2];
        for (var at = 0; at < colon; at += v4)
        {
            // Each four bytes in one number, as this machine has them in memory.
            if (!Utf8Parser.TryParse(text.Slice(at, v4), out uint word, out var read, 'x') || read != v4) return false;
            MemoryMarshal.Write(address[(at / 2)..], word);
        }

        if (!ushort.TryParse(Encoding.ASCII.GetString(text[(colon + 1)..]), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var port)) return false;
        var parsed = new IPAddress(address[..(colon / 2)]);
        endpoint = new IPEndPoint(parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed, port);
        return true;
    }
}
