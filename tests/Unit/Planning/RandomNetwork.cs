using System.Net;
using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Tests.Unit.Planning;

/// <summary>Documents at random, valid in themselves: what they ask for of the node they are planned against may still be impossible.</summary>
internal sealed class RandomNetwork(int seed)
{
    private static readonly string[] s_nics = ["nic0", "nic1", "nic2", "nic3", "nic4"];
    private static readonly string[] s_bases = ["nic0", "nic1", "bond0", "bond1", "br0", "br1", "dummy0"];
    private readonly Random _random = new(seed);

    /// <summary>Five NICs; every field is there, as from the kernel.</summary>
    public static NetworkSnapshot Nics() => Lab.Nics(s_nics);

    public DesiredState Document(NetworkSnapshot now)
    {
        var free = new HashSet<string>(["nic0", "nic1", "nic2", "nic3", "nic4", "bond0", "bond1", "veth0", "veth1", "dummy0", "tapx"]);
        var specs = new List<InterfaceSpec>();
        var absent = new HashSet<string>();
        var order = s_nics.Concat(["bond0", "bond1", "br0", "br1", "dummy0", "veth0", "vx0", "mv0"]).Concat(s_bases.Select(b => $"{b}.v")).ToArray();
        _random.Shuffle(order);
        foreach (var name in order.OrderBy(n => n is "br0" or "br1" or "bond0" or "bond1" ? 0 : 1))
        {
            if (Chance(55)) continue;
            if (Chance(20) && !s_nics.Contains(name))
            {
                absent.Add(name);
                specs.Add(new InterfaceSpec(name) { State = InterfaceState.Absent });
                continue;
            }

            specs.Add(Interface(name, free));
        }

        _random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(specs));
        specs = Possible(specs, now);
        return new DesiredState { Interfaces = specs, Routes = [.. Routes(specs)] };
    }

    /// <summary>Leaves out what stands on nothing: links whose base, and ports that, neither exist nor are described.</summary>
    private static List<InterfaceSpec> Possible(List<InterfaceSpec> specs, NetworkSnapshot now)
    {
        while (true)
        {
            var there = now.Links.Keys.Concat(specs.Select(s => s.Name)).Concat(specs.Select(s => s.Fields.Text(VethFields.Peer) ?? s.Name)).Except(specs.Where(s => s.IsAbsent).Select(s => s.Name)).ToHashSet();
            var kept = specs.Where(s => s.IsAbsent || s.BaseLink is not { } lower || there.Contains(lower))
                .Where(s => !s.IsAbsent || now.UppersOf(s.Name).All(u => specs.All(o => o.Name != u || o.IsAbsent)))
                .Select(s => s.Ports is { } ports && !ports.All(p => there.Contains(p.Name)) ? s with { Ports = [.. ports.Where(p => there.Contains(p.Name))] } : s).ToList();
            if (kept.SequenceEqual(specs)) return specs;
            specs = kept;
        }
    }

    private InterfaceSpec Interface(string name, HashSet<string> free)
    {
        var type = name switch
        {
            _ when s_nics.Contains(name) => InterfaceType.Ethernet,
            "bond0" or "bond1" => InterfaceType.Bond,
            "br0" or "br1" => InterfaceType.LinuxBridge,
            "dummy0" => InterfaceType.Dummy,
            "veth0" => InterfaceType.Veth,
            "vx0" => InterfaceType.Vxlan,
            "mv0" => InterfaceType.Macvlan,
            _ => InterfaceType.Vlan,
        };
        var fields = new FieldSet();
        if (Chance(25)) fields.Set(CommonFields.Mtu, type is InterfaceType.Vlan or InterfaceType.Macvlan ? Pick(1280, 1400, 1400) : Pick(1400, 1500, 9000, 9000));
        Own(fields, type, name);
        var isPort = !free.Contains(name) && type is not (InterfaceType.LinuxBridge or InterfaceType.Vlan or InterfaceType.Macvlan or InterfaceType.Vxlan);
        return new InterfaceSpec(name)
        {
            Type = type,
            State = Pick<InterfaceState?>(null, InterfaceState.Up, InterfaceState.Up, InterfaceState.Down),
            Fields = fields,
            Ipv4 = isPort || Chance(50) ? null : Ip(name, ipv6: false),
            Ipv6 = isPort || Chance(80) ? null : Ip(name, ipv6: true),
            Ports = LinkSchema.HasPorts(type) && Chance(70) ? Ports(type, fields, free) : null,
        };
    }

    private void Own(FieldSet fields, InterfaceType type, string name)
    {
        switch (type)
        {
            case InterfaceType.Bond:
                fields.Set(BondFields.Mode, Pick(BondMode.Lacp, BondMode.ActiveBackup, BondMode.BalanceXor));
                if (Chance(40)) fields.Set(BondFields.Miimon, Pick(50, 100));
                if (fields[BondFields.Mode]!.Value.Number == BondMode.Lacp && Chance(50)) fields.Set(BondFields.LacpRate, Pick(0, 1));
                break;
            case InterfaceType.LinuxBridge:
                if (Chance(30)) fields.Set(BridgeFields.StpEnabled, Chance(50));
                if (Chance(15)) fields.Set(BridgeFields.VlanFiltering, true);
                break;
            case InterfaceType.Veth:
                fields.Set(VethFields.Peer, Pick("veth1", "veth1", "veth2"));
                break;
            case InterfaceType.Vxlan:
                fields.Set(VxlanFields.Id, Pick(100, 101));
                if (Chance(60)) fields.Set(VxlanFields.BaseLink, Pick(s_bases));
                break;
            case InterfaceType.Macvlan:
                fields.Set(MacvlanFields.BaseLink, Pick(s_bases)).Set(MacvlanFields.Mode, Pick(2, 4));
                break;
            case InterfaceType.Vlan:
                fields.Set(VlanFields.BaseLink, name[..^2]).Set(VlanFields.Id, Pick(10, 20));
                break;
        }
    }

    private List<PortSpec> Ports(InterfaceType type, FieldSet fields, HashSet<string> free)
    {
        var ports = new List<PortSpec>();
        var filters = Chance(40);
        foreach (var name in free.ToArray())
        {
            if (!Chance(30) || name == "tapx" || (type == InterfaceType.Bond && !name.StartsWith("nic", StringComparison.Ordinal))) continue;
            free.Remove(name);
            var vlans = type == InterfaceType.LinuxBridge && filters && Chance(70) ? VlanTable.Of([new VlanRange(1, 1, Chance(50), true), new VlanRange(_random.Next(2, 50), _random.Next(50, 90))]) : null;
            var options = new FieldSet();
            if (type == InterfaceType.LinuxBridge && Chance(25)) options.Set(BridgeFields.PortPriority, Pick(16, 32));
            ports.Add(new PortSpec(name) { Vlans = vlans, Options = options });
        }

        if (type == InterfaceType.Bond && ports.Count > 0 && fields[BondFields.Mode]!.Value.Number == BondMode.ActiveBackup && Chance(50)) fields.Set(BondFields.Primary, ports[^1].Name); // a port that exists: all NICs do
        return ports;
    }

    private IpSpec Ip(string name, bool ipv6)
    {
        if (Chance(15)) return new IpSpec { Enabled = false };
        var net = Math.Abs(name.Sum(c => c * 7)) % 200;
        var addresses = new List<IpCidr>();
        for (var i = _random.Next(0, 4); i > 0; i--)
        {
            var host = _random.Next(1, 6);
            var cidr = ipv6 ? $"2001:db8:{net:x}::{host}/64" : $"10.{net}.0.{host}/{Pick(24, 24, 16, 32)}";
            IpCidr.TryParse(cidr, out var address);
            if (!addresses.Contains(address)) addresses.Add(address);
        }

        return new IpSpec { Enabled = true, Addresses = addresses };
    }

    private IEnumerable<RouteSpec> Routes(List<InterfaceSpec> specs)
    {
        var keys = new HashSet<IpCidr>();
        foreach (var spec in specs)
        {
            if (spec.Ipv4?.Addresses is not { Count: > 0 } list || spec.State == InterfaceState.Down || !Chance(50) || list[0].IsHost) continue;
            var bytes = list[0].Address.GetAddressBytes();
            bytes[3] = (byte)_random.Next(100, 104);
            IpCidr.TryParse(Pick("0.0.0.0/0", "192.0.2.0/24", "198.51.100.0/24"), out var destination);
            if (keys.Add(destination)) yield return new RouteSpec { Destination = destination, NextHopAddress = new IPAddress(bytes), NextHopInterface = spec.Name };
        }

        IpCidr.TryParse("192.0.2.0/24", out var some);
        if (Chance(10) && !keys.Contains(some)) yield return new RouteSpec { Destination = some, Absent = true };
    }

    private bool Chance(int percent) => _random.Next(100) < percent;

    private T Pick<T>(params ReadOnlySpan<T> items) => items[_random.Next(items.Length)];
}
