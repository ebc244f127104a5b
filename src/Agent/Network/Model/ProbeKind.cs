namespace NodeAgent.Network.Model;

/// <summary>What a probe tries.</summary>
public enum ProbeKind
{
    /// <summary>The gateway answers: its neighbour entry becomes reachable, or it answers an ICMP echo.</summary>
    Gateway,

    /// <summary>A TCP connection is accepted.</summary>
    Tcp,
}
