using System.Buffers.Binary;
using System.Net.Sockets;

namespace NodeAgent.Tests.Unit.Hosting;

/// <summary>Frames of HTTP/2 by hand (RFC 9113), for clients that misbehave.</summary>
internal static class RawHttp2
{
    public const byte Data = 0, Headers = 1, Settings = 4, Ping = 6, GoAway = 7, Continuation = 9;

    public static byte[] Preface { get; } = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(Settings, 0, 0, [])];

    public static byte[] Frame(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)payload.Length << 8 | type);
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(9));
        return frame;
    }

    /// <summary>The headers of a call (HPACK without indexing), their end included or not.</summary>
    public static byte[] Call(int stream, string path, bool endHeaders = true, string contentType = "application/grpc", bool endStream = false)
    {
        var block = new List<byte>();
        foreach (var (name, value) in new[] { (":method", "POST"), (":scheme", "http"), (":path", path), (":authority", "localhost"), ("content-type", contentType), ("te", "trailers") })
        {
            block.Add(0);
            Text(block, name);
            Text(block, value);
        }

        return Frame(Headers, (byte)((endHeaders ? 4 : 0) | (endStream ? 1 : 0)), stream, block.ToArray());
    }

    /// <summary>A message of gRPC: flag, length, bytes.</summary>
    public static byte[] Message(ReadOnlySpan<byte> bytes, bool compressed = false)
    {
        var message = new byte[5 + bytes.Length];
        message[0] = compressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), bytes.Length);
        bytes.CopyTo(message.AsSpan(5));
        return message;
    }

    /// <summary>Reads until the other side closes; what it sent.</summary>
    public static async Task<byte[]> ReadToEnd(Socket socket, TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        var all = new MemoryStream();
        var buffer = new byte[65536];
        try
        {
            while (await socket.ReceiveAsync(buffer, limit.Token) is > 0 and var count) all.Write(buffer, 0, count);
        }
        catch (SocketException)
        {
            // Reset: closed, too.
        }

        return all.ToArray();
    }

    private static void Text(List<byte> block, string text)
    {
        block.Add((byte)text.Length);
        block.AddRange(text.Select(static c => (byte)c));
    }
}
