namespace NodeAgent.Network.Health;

/// <summary>An entry of a bridge's forwarding database: the kernel keeps one port for each.</summary>
/// <param name="Bridge">ifindex of the bridge.</param>
/// <param name="Vlan">0 where the bridge does not filter VLANs.</param>
/// <param name="Mac">The address' six bytes.</param>
internal readonly record struct MacKey(int Bridge, int Vlan, ulong Mac);
