namespace NodeAgent.Network.Model;

/// <summary>An address on a link.</summary>
/// <param name="Cidr">The address and its prefix.</param>
/// <param name="Dynamic">It has a lifetime: DHCP or router advertisement, never the agent's.</param>
/// <param name="LinkLocal">Scope link: made by the kernel.</param>
public readonly record struct AddressState(IpCidr Cidr, bool Dynamic = false, bool LinkLocal = false)
{
    /// <summary>A static address that a document could have written.</summary>
    public bool IsStatic => !Dynamic && !LinkLocal;
}
