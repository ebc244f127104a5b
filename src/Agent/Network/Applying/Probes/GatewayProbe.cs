using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace NodeAgent.Network.Applying.Probes;

/// <summary>
/// Asks the gateway to answer: an ICMP echo, whose sending also makes the kernel resolve the neighbour. Either answer counts,
/// since many gateways drop ICMP and none can drop ARP or neighbour discovery.
/// </summary>
internal sealed class GatewayProbe(INeighbours neighbours, TimeProvider clock)
{
    private const int EchoLength = 16;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Null where it answered, otherwise what was wrong.</summary>
    public string? Run(string? host, TimeSpan timeout, CancellationToken cancellation)
    {
        IPAddress? gateway;
        if (host is null) gateway = neighbours.DefaultGateways() is [var first, ..] ? first : null;
        else if (!IPAddress.TryParse(host, out gateway)) return $"{host} is not an IP address";
        if (gateway is null) return "there is no default route";
        var v6 = gateway.AddressFamily == AddressFamily.InterNetworkV6;
        using var socket = new Socket(gateway.AddressFamily, SocketType.Raw, v6 ? ProtocolType.IcmpV6 : ProtocolType.Icmp);
        var start = clock.GetTimestamp();
        ushort sequence = 0;
        var problem = "no answer";
        while (clock.GetElapsedTime(start) is var elapsed && elapsed < timeout && !cancellation.IsCancellationRequested)
        {
            problem = Echo(socket, gateway, ++sequence) ?? problem;
            if (Answered(socket, gateway, sequence) || neighbours.IsConfirmed(gateway, elapsed + s_pause)) return null;
        }

        return $"{gateway} does not answer, neither to ARP or neighbour discovery nor to ICMP ({problem}), tried for {timeout.TotalSeconds:0.#} s";
    }

    private static string? Echo(Socket socket, IPAddress gateway, ushort sequence)
    {
        Span<byte> packet = stackalloc byte[EchoLength];
        packet.Clear();
        packet[0] = gateway.AddressFamily == AddressFamily.InterNetworkV6 ? (byte)128 : (byte)8;
        BinaryPrimitives.WriteUInt16BigEndian(packet[4..], (ushort)Environment.ProcessId);
        BinaryPrimitives.WriteUInt16BigEndian(packet[6..], sequence);
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], Checksum(packet));
        try
        {
            socket.SendTo(packet, new IPEndPoint(gateway, 0));
            return null;
        }
        catch (SocketException e)
        {
            return e.Message;
        }
    }

    private static bool Answered(Socket socket, IPAddress gateway, ushort sequence)
    {
        Span<byte> buffer = stackalloc byte[256];
        var v6 = gateway.AddressFamily == AddressFamily.InterNetworkV6;
        EndPoint from = new IPEndPoint(v6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        while (socket.Poll(s_pause, SelectMode.SelectRead))
        {
            var length = socket.ReceiveFrom(buffer, ref from);
            // IPv4 raw sockets hand over the IP header too.
            var header = v6 ? 0 : (buffer[0] & 15) * 4;
            if (length < header + 8 || !((IPEndPoint)from).Address.Equals(gateway)) continue;
            var reply = buffer[header..length];
            if (reply[0] == (v6 ? 129 : 0)
                && BinaryPrimitives.ReadUInt16BigEndian(reply[4..]) == (ushort)Environment.ProcessId
                && BinaryPrimitives.ReadUInt16BigEndian(reply[6..]) <= sequence) return true;
        }

        return false;
    }

    private static ushort Checksum(ReadOnlySpan<byte> packet)
    {
        uint sum = 0;
        for (var i = 0; i < packet.Length; i += 2) sum += BinaryPrimitives.ReadUInt16BigEndian(packet[i..]);
        sum = (sum >> 16) + (sum & 0xFFFF);
        return (ushort)~(sum + (sum >> 16));
    }
}
