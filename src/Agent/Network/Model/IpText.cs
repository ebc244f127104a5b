using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace NodeAgent.Network.Model;

/// <summary>IP addresses as people write them: four decimal parts, or IPv6 text; none of the forms (10.1, 0x0a000001, 010.0.0.1, [::1]:80, fe80::1%eth0) that <see cref="IPAddress"/> takes too.</summary>
public static class IpText
{
    public static bool TryParse(string text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        if (text.Length is < 2 or > 45 || text.AsSpan().IndexOfAny('%', '[', ']') >= 0) return false;
        if (!IPAddress.TryParse(text, out var parsed)) return false;
        // The one form of an IPv4 address that prints as it was written.
        if (parsed.AddressFamily == AddressFamily.InterNetwork && parsed.ToString() != text) return false;
        address = parsed;
        return true;
    }
}
