using System.Globalization;
using NodeAgent.Network.Model;

namespace NodeAgent.Network.Health;

/// <summary>
/// /proc/net/bonding/NAME (drivers/net/bonding/bond_procfs.c): lines of "Key: value", a part for each port. Lines that are missing (other
/// modes, older kernels, no CAP_NET_ADMIN) or that nobody here knows leave a value unknown; no text is an error.
/// </summary>
public static class BondingFile
{
    private const string PortKey = "Slave Interface";
    private const string ActorPart = "details actor lacp pdu";
    private const string PartnerPart = "details partner lacp pdu";

    /// <summary>The ports by name.</summary>
    public static IReadOnlyDictionary<string, BondPortDetail> Parse(ReadOnlySpan<char> text)
    {
        var ports = new Dictionary<string, BondPortDetail>(StringComparer.Ordinal);
        string? port = null;
        var detail = new BondPortDetail();
        var isPartner = false;
        foreach (var line in text.EnumerateLines())
        {
            var colon = line.IndexOf(':');
            if (colon < 0) continue;
            var key = line[..colon].Trim();
            var value = line[(colon + 1)..].Trim();
            if (key.SequenceEqual(PortKey))
            {
                Finish(ports, port, detail);
                (port, detail, isPartner) = (value.ToString(), new BondPortDetail(), false);
            }
            else if (key.SequenceEqual(ActorPart))
            {
                isPartner = false;
            }
            else if (key.SequenceEqual(PartnerPart))
            {
                isPartner = true;
            }
            else if (port is not null)
            {
                detail = isPartner ? Partner(detail, key, value) : Port(detail, key, value);
            }
        }

        Finish(ports, port, detail);
        return ports;
    }

    private static BondPortDetail Port(BondPortDetail detail, ReadOnlySpan<char> key, ReadOnlySpan<char> value) => key switch
    {
        "Speed" => detail with { Speed = Speed(value) },
        "Duplex" => detail with { Duplex = value is "full" or "half" ? value.ToString() : null },
        "Actor Churn State" => detail with { ActorChurn = Churn(value) },
        "Partner Churn State" => detail with { PartnerChurn = Churn(value) },
        "Actor Churned Count" => detail with { ActorChurns = Number(value) },
        "Partner Churned Count" => detail with { PartnerChurns = Number(value) },
        _ => detail,
    };

    private static BondPortDetail Partner(BondPortDetail detail, ReadOnlySpan<char> key, ReadOnlySpan<char> value) => key switch
    {
        "system mac address" => detail with { PartnerMac = Native.Rtnl.MacAddress.TryParse(value, out var mac) ? mac.ToString() : null },
        "oper key" => detail with { PartnerKey = Number(value) },
        "port number" => detail with { PartnerPort = Number(value) },
        _ => detail,
    };

    private static void Finish(Dictionary<string, BondPortDetail> ports, string? port, BondPortDetail detail)
    {
        if (port is { Length: > 0 }) ports[port] = detail;
    }

    // "10000 Mbps", "Unknown"
    private static long? Speed(ReadOnlySpan<char> value)
    {
        var space = value.IndexOf(' ');
        return Number(space < 0 ? value : value[..space]) is > 0 and var speed ? speed : null;
    }

    private static ChurnState Churn(ReadOnlySpan<char> value) => value switch
    {
        "none" => ChurnState.None,
        "monitoring" => ChurnState.Monitoring,
        "churned" => ChurnState.Churned,
        _ => ChurnState.Unknown,
    };

    private static int? Number(ReadOnlySpan<char> value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
