namespace NodeAgent.Network.Health;

/// <summary>The states of an uplink's verdict.</summary>
public static class UplinkWords
{
    public const string Healthy = "healthy";

    /// <summary>The uplink's table of VLANs lacks some that guests or the bridge itself use.</summary>
    public const string VlansMissing = "vlans missing";

    /// <summary>A VLAN link on the uplink takes the frames before the bridge sees them.</summary>
    public const string VlansTaken = "vlans taken";
}
