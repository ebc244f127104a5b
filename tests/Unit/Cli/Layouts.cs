using System.Net;
using NodeAgent.Network.Drift;
using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Tests.Unit.Cli;

/// <summary>The reference layouts as they look on a node.</summary>
internal static class Layouts
{
    public static readonly DateTimeOffset Applied = new(2026, 11, 20, 8, 30, 0, TimeSpan.Zero);

    /// <summary>Four ports, two bonds.</summary>
    public static NetworkSnapshot A(int taps = 0, params string[] withoutCarrier)
    {
        var net = new Builder(withoutCarrier);
        net.Put("lo", InterfaceType.Loopback, addresses: ["127.0.0.1/8"]);
        net.Nic("enp1s0", "bond_mgmt");
        net.Nic("enp2s0", "bond_mgmt");
        net.Nic("enp1s1", "bond_data");
        net.Nic("enp2s1", "bond_data");
        net.Bond("bond_mgmt", null, "192.168.0.7/22");
        net.Vlan("bond_mgmt.10", "bond_mgmt", 10, "172.16.0.7/22");
        net.Bond("bond_data", "br0");
        net.Vlan("bond_data.20", "bond_data", 20, "10.20.30.5/16");
        net.Put("br0", InterfaceType.LinuxBridge, fields: new FieldSet().Set(CommonFields.Mtu, 1500).Set(BridgeFields.StpEnabled, false));
        net.Taps("br0", taps);
        return net.Done("bond_data.20");
    }

    /// <summary>Two ports, one bond, VLANs taken from the bridge.</summary>
    public static NetworkSnapshot B(int taps = 0, params string[] withoutCarrier)
    {
        var net = new Builder(withoutCarrier);
        net.Nic("enp1s0", "bond0");
        net.Nic("enp2s0", "bond0");
        net.Bond("bond0", "br0");
        net.Vlan("bond0.10", "bond0", 10, "172.16.0.7/22");
        net.Vlan("bond0.20", "bond0", 20, "10.20.30.5/16");
        net.Put("br0", InterfaceType.LinuxBridge, fields: new FieldSet().Set(CommonFields.Mtu, 1500), addresses: ["192.168.0.7/22"]);
        net.Taps("br0", taps);
        return net.Done("bond0.20");
    }

    public static PolicyStatus Policy(string name, params string[] links) => new()
    {
        Name = name,
        File = $"/etc/nodeagent/policies.d/{name}.yaml",
        State = "in force",
        Applied = Applied,
        Links = links,
    };

    internal sealed class Builder(string[] withoutCarrier)
    {
        private readonly NetworkSnapshot _net = new();
        private int _index;

        public void Put(string name, InterfaceType type, string? controller = null, FieldSet? fields = null, string[]? addresses = null, string kind = "") => _net.Put(new LinkState
        {
            Index = ++_index,
            Name = name,
            Type = type,
            Kind = kind,
            Up = true,
            Carrier = !withoutCarrier.Contains(name),
            OperState = withoutCarrier.Contains(name) ? "down" : "up",
            Controller = controller,
            Fields = fields ?? new FieldSet().Set(CommonFields.Mtu, 1500),
            Addresses = [.. (addresses ?? []).Select(a => IpCidr.TryParse(a, out var cidr) ? new AddressState(cidr) : throw new ArgumentException(a))],
        });

        public void Nic(string name, string? controller) =>
            Put(name, InterfaceType.Ethernet, controller, new FieldSet().Set(CommonFields.Mtu, 1500).Set(CommonFields.MacAddress, $"52:54:00:00:00:{_index + 1:x2}"));

        public void Bond(string name, string? controller, params string[] addresses) => Put(
            name, InterfaceType.Bond, controller, new FieldSet().Set(CommonFields.Mtu, 1500).Set(BondFields.Mode, BondMode.Lacp).Set(BondFields.Miimon, 100).Set(BondFields.LacpRate, 1), addresses);

        public void Vlan(string name, string lower, int id, params string[] addresses) =>
            Put(name, InterfaceType.Vlan, null, new FieldSet().Set(CommonFields.Mtu, 1500).Set(VlanFields.BaseLink, lower).Set(VlanFields.Id, id), addresses);

        public void Taps(string bridge, int count)
        {
            for (var i = 1; i <= count; i++) Put($"tap{i}", InterfaceType.Tun, bridge);
        }

        public NetworkSnapshot Done(string defaultBy)
        {
            _net.Routes =
            [
                new RouteState { Destination = new IpCidr(IPAddress.Any, 0), Gateway = IPAddress.Parse("10.20.30.1"), Device = defaultBy },
                new RouteState { Destination = new IpCidr(IPAddress.Parse("172.16.0.0"), 22), Device = defaultBy, Protocol = 2, Scope = 253 },
            ];
            return _net;
        }
    }
}
