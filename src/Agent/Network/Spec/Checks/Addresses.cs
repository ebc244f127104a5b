using System.Net;
using NodeAgent.Network.Model;

namespace NodeAgent.Network.Spec.Checks;

/// <summary>An address stands on one link.</summary>
internal static class Addresses
{
    public static void Check(CheckContext context)
    {
        var owners = new Dictionary<IPAddress, InterfaceSpec>();
        foreach (var spec in context.Present)
        {
            Check(spec, spec.Ipv4, "ipv4", owners, context);
            Check(spec, spec.Ipv6, "ipv6", owners, context);
        }
    }

    private static void Check(InterfaceSpec spec, IpSpec? ip, string family, Dictionary<IPAddress, InterfaceSpec> owners, CheckContext context)
    {
        foreach (var address in ip?.Addresses ?? [])
        {
            if (owners.TryAdd(address.Address, spec) || ReferenceEquals(owners[address.Address], spec)) continue;
            context.Error(ip!.Mark, spec, family + ".address", $"{address.Address} is on {CheckContext.Place(owners[address.Address])} too; an address stands on one link");
        }
    }
}
