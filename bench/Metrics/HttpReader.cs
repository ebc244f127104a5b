using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NodeAgent.Bench.Metrics;

/// <summary>Asks for /metrics and reads the answer to its end, as bytes. Its sockets are of the calling thread's network namespace.</summary>
internal sealed class HttpReader(int port, bool gzip)
{
    private readonly byte[] _buffer = new byte[1 << 20];
    private readonly byte[] _request = Encoding.ASCII.GetBytes(
        $"GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/plain;version=0.0.4\r\n{(gzip ? "Accept-Encoding: gzip\r\n" : "")}Connection: close\r\n\r\n");

    /// <summary>Bytes of the last answer, its head included.</summary>
    public long Bytes { get; private set; }

    /// <summary>One scrape: the time from connecting to the last byte.</summary>
    public TimeSpan Scrape() => Read(null);

    /// <summary>One scrape, and its text. Chunk headers stay in between the lines.</summary>
    public string Text()
    {
        using var text = new MemoryStream();
        Read(text);
        return Encoding.UTF8.GetString(text.ToArray());
    }

    private TimeSpan Read(MemoryStream? into)
    {
        var start = Stopwatch.GetTimestamp();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Loopback, port);
        socket.Send(_request);
        Bytes = 0;
        for (int read; (read = socket.Receive(_buffer)) > 0; Bytes += read)
        {
            if (Bytes == 0 && !_buffer.AsSpan(0, read).StartsWith("HTTP/1.1 200"u8)) throw new InvalidOperationException($"The answer is {Encoding.UTF8.GetString(_buffer, 0, Math.Min(read, 200))}");
            into?.Write(_buffer, 0, read);
        }

        return Stopwatch.GetElapsedTime(start);
    }
}
