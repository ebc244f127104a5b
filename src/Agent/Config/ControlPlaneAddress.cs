using System.Globalization;
using System.Net;
using System.Net.Sockets;
using NodeAgent.Network.Model;

namespace NodeAgent.Config;

/// <summary>Where the control plane answers, written 172.16.0.10, 172.16.0.10:6443 or [2001:db8::10]:6443.</summary>
public readonly record struct ControlPlaneAddress(IPAddress Address, int Port)
{
    /// <summary>The port of a Kubernetes API server.</summary>
    public const int DefaultPort = 6443;

    public static bool TryParse(string text, out ControlPlaneAddress address)
    {
        address = default;
        var (host, port) = Split(text);
        var number = DefaultPort;
        if (port is not null && !(int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number is > 0 and <= 65535)) return false;
        if (!IpText.TryParse(host, out var ip)) return false;
        address = new ControlPlaneAddress(ip, number);
        return true;
    }

    public override string ToString() => Address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{Address}]:{Port}" : $"{Address}:{Port}";

    private static (string Host, string? Port) Split(string text)
    {
        if (text.StartsWith('['))
        {
            var close = text.IndexOf(']', StringComparison.Ordinal);
            if (close < 0) return (text, null);
            var rest = text[(close + 1)..];
            return rest.Length == 0 ? (text[1..close], null) : rest[0] == ':' ? (text[1..close], rest[1..]) : (text, null);
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        // More than one colon without brackets is a bare IPv6 address.
        return colon < 0 || colon != text.LastIndexOf(':') ? (text, null) : (text[..colon], text[(colon + 1)..]);
    }
}
