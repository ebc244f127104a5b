using NodeAgent.Network.Model;

namespace NodeAgent.Network.Spec.Checks;

/// <summary>A port is there, belongs to one controller, can be a port, and has no address of its own.</summary>
internal static class Ports
{
    public static void Check(CheckContext context)
    {
        foreach (var spec in context.Present)
        {
            foreach (var port in spec.Ports ?? [])
            {
                var claim = new PortClaim(spec, port);
                if (Problem(claim, context) is { } problem) context.Error(port.Mark, spec, claim.Path, problem);
                else if (AddressProblem(claim, context) is { } address) context.Error(port.Mark, spec, claim.Path, address);
            }
        }
    }

    private static string? Problem(PortClaim claim, CheckContext context)
    {
        var (controller, port) = (claim.Controller, claim.Port.Name);
        if (port == controller.Name) return $"{port} cannot be its own port";
        if (context.Claim(port) is { } first && !ReferenceEquals(first.Controller, controller)) return $"{port} is a port of {CheckContext.Place(first.Controller)} too; a link has one controller";
        if (context.Spec(port) is { IsAbsent: true } absent) return $"{port} is removed by {absent.StateMark}";
        if (!context.WillExist(port)) return $"{port} neither exists nor is described; add it to interfaces:";
        return (context.TypeOf(port), context.TypeOf(controller.Name)) switch
        {
            (InterfaceType.Loopback, _) => $"{port} is the loopback link and cannot be a port",
            (InterfaceType.LinuxBridge, InterfaceType.LinuxBridge) => $"{port} is a bridge, and the kernel takes no bridge into a bridge; join the two by a veth pair",
            (InterfaceType.LinuxBridge, InterfaceType.Bond) => $"{port} is a bridge; make the bond a port of the bridge instead",
            (InterfaceType.Bond, InterfaceType.Bond) => $"{port} is a bond itself; list its ports here instead",
            (InterfaceType.Vlan, InterfaceType.Bond) when context.BaseOf(port) is { } lower && context.ControllerOf(lower) == controller.Name =>
                $"{port} sits on {lower}, which is a port of {controller.Name} itself",
            _ => null,
        };
    }

    private static string? AddressProblem(PortClaim claim, CheckContext context)
    {
        var (controller, port) = (claim.Controller.Name, claim.Port.Name);
        var spec = context.Spec(port);
        var written = First(spec?.Ipv4) ?? First(spec?.Ipv6);
        if (written is not null) return $"{port} has the address {written} ({(spec!.Ipv4 is { Addresses.Count: > 0 } v4 ? v4 : spec.Ipv6!).Mark}) and is a port of {controller}: a port has none; write it on {controller}";
        if (context.Seen(port) is not { } seen || seen.Controller == controller) return null;
        foreach (var address in seen.Addresses)
        {
            if (!address.IsStatic || (address.Cidr.IsIpv6 ? spec?.Ipv6 : spec?.Ipv4) is not null) continue;
            var family = address.Cidr.IsIpv6 ? "ipv6" : "ipv4";
            return $"{port} has the address {address.Cidr} now, which would be dead on a port of {controller}; describe {port} with `{family}: {{enabled: false}}`, and write the address on {controller} if it is to stay";
        }

        return null;
    }

    private static IpCidr? First(IpSpec? ip) => ip is { Enabled: not false, Addresses: { Count: > 0 } list } ? list[0] : null;
}
