using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace NodeAgent.Storage.Multipathd;

/// <summary>
/// A conversation with multipathd: a command is its length, NUL included, as a size_t, and its text; so is the reply
/// (libmpathcmd/mpath_cmd.c of multipath-tools). The whole conversation ends within the time it was given, whatever the other side does.
/// </summary>
internal sealed class MultipathdSocket : IDisposable
{
    /// <summary>10,000 paths as JSON take less.</summary>
    public const int MaxReply = 64 << 20;

    private const int FirstBytes = 64 << 10;

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly TimeSpan _limit;
    private readonly long _start = Stopwatch.GetTimestamp();

    private MultipathdSocket(TimeSpan limit) => _limit = limit;

    /// <param name="name">Of the socket: a path, or "@" and a name in the abstract namespace.</param>
    /// <param name="limit">For all that is asked over it.</param>
    /// <exception cref="MultipathdException">It cannot be reached.</exception>
    public static MultipathdSocket Connect(string name, TimeSpan limit)
    {
        var result = new MultipathdSocket(limit);
        try
        {
            // A backlog that is full, for multipathd takes nobody in, would wait without this.
            result._socket.SendTimeout = (int)limit.TotalMilliseconds;
            result._socket.Connect(new UnixDomainSocketEndPoint(name.StartsWith('@') ? $"\0{name[1..]}" : name));
            return result;
        }
        catch (SocketException e)
        {
            result.Dispose();
            throw Refused(name, e);
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    /// <summary>The reply to a command, without its NUL.</summary>
    /// <exception cref="MultipathdException">There is none in time, or it is none.</exception>
    public byte[] Ask(string command)
    {
        var text = Encoding.ASCII.GetBytes($"{command}\0");
        var request = new byte[sizeof(ulong) + text.Length];
        MemoryMarshal.Write(request, (ulong)text.Length);
        text.CopyTo(request, sizeof(ulong));
        try
        {
            _socket.Send(request);
            var head = Receive(sizeof(ulong), command);
            var length = MemoryMarshal.Read<ulong>(head);
            if (length is 0 or > MaxReply) throw new MultipathdException($"multipathd's reply to \"{command}\" claims {length} bytes: check that it is multipathd that listens there");
            var reply = Receive((int)length, command);
            return reply[^1] == 0 ? reply[..^1] : reply;
        }
        catch (SocketException e)
        {
            throw new MultipathdException($"multipathd ended the conversation ({e.SocketErrorCode}): look at its journal");
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Memory is taken as bytes come, not as many as are claimed.</summary>
    private byte[] Receive(int length, string command)
    {
        var buffer = new byte[Math.Min(length, FirstBytes)];
        for (var received = 0; received < length;)
        {
            if (received == buffer.Length) Array.Resize(ref buffer, (int)Math.Min((long)buffer.Length * 2, length));
            var left = _limit - Stopwatch.GetElapsedTime(_start);
            if (left <= TimeSpan.Zero || !_socket.Poll(left, SelectMode.SelectRead))
                throw new MultipathdException($"multipathd does not answer within {_limit.TotalSeconds:0.#} s: it hangs, is stopped, or waits for a device; look at its journal and at systemctl status multipathd");
            var read = _socket.Receive(buffer.AsSpan(received));
            if (read == 0) throw new MultipathdException($"multipathd ended the conversation after {received} of {length} bytes of its reply to \"{command}\": look at its journal");
            received += read;
        }

        return buffer;
    }

    private static MultipathdException Refused(string name, SocketException e) => e.SocketErrorCode switch
    {
        SocketError.ConnectionRefused or SocketError.AddressNotAvailable =>
            new MultipathdException($"multipathd is not running: nobody listens at {name}; start multipathd.service where this node has multipath storage", isAbsent: true),
        SocketError.AccessDenied => new MultipathdException($"{name} may not be opened ({e.SocketErrorCode}): run as root"),
        SocketError.WouldBlock or SocketError.TimedOut => new MultipathdException($"multipathd takes in no more connections at {name}: it hangs or is stopped; look at systemctl status multipathd"),
        _ => new MultipathdException($"multipathd cannot be reached at {name}: {e.Message}"),
    };
}
