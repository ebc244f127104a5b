using System.Net;
using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;
using NodeAgent.Network.Spec;

namespace NodeAgent.Tests.Unit.Planning;

/// <summary>
/// A folder of cases/: current.yml and desired.yml, and in node.txt, a line each, what no document can say:
/// "tap NAME BRIDGE", "dynamic LINK CIDR", "mac LINK MAC" (burnt in), "owns all", "owns link|port|address NAME", "control IP", "ssh IP", "allow LINK".
/// </summary>
internal sealed class PlanCase
{
    private readonly List<IPAddress> _controlPlane = [];
    private readonly HashSet<string> _allow = [];
    private readonly HashSet<string> _links = [];
    private readonly HashSet<string> _ports = [];
    private readonly HashSet<string> _addresses = [];
    private bool _ownsAll;
    private IPAddress? _ssh;

    public PlanCase(string folder)
    {
        Current = SnapshotFromDocument.Build(Lab.Read(File.ReadAllText(Path.Combine(folder, "current.yml"))));
        Desired = Lab.Read(File.ReadAllText(Path.Combine(folder, "desired.yml")));
        var node = Path.Combine(folder, "node.txt");
        if (!File.Exists(node)) return;
        foreach (var line in File.ReadLines(node)) Take(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    public NetworkSnapshot Current { get; }

    public DesiredState Desired { get; }

    public PlanRequest Request(NetworkSnapshot observed) => new()
    {
        Desired = Desired,
        Observed = observed,
        Ownership = new Ownership { OwnsAll = _ownsAll, Links = _links, Ports = _ports, Addresses = _addresses },
        ControlPaths = ControlPaths.From(observed, _controlPlane, _ssh),
        AllowDisrupt = _allow,
    };

    private void Take(string[] words)
    {
        switch (words)
        {
            case ["tap", var name, var bridge]:
                Current.Put(new LinkState { Name = name, Type = InterfaceType.Tun, Up = true, Controller = bridge });
                break;
            case ["dynamic", var name, var cidr]:
                IpCidr.TryParse(cidr, out var address);
                Change(name, s => s.Addresses, a => [.. a, new AddressState(address, Dynamic: true)]);
                break;
            case ["mac", var name, var mac]:
                var link = Current.Find(name)!;
                Current.Put(new LinkState { Name = name, Type = link.Type, Up = link.Up, Carrier = link.Carrier, Controller = link.Controller, Fields = link.Fields, Addresses = link.Addresses, PermanentMac = mac });
                break;
            case ["owns", "all"]:
                _ownsAll = true;
                break;
            case ["owns", "link", var name]:
                _links.Add(name);
                break;
            case ["owns", "port", var key]:
                _ports.Add(key);
                break;
            case ["owns", "address", var name, var cidr]:
                _addresses.Add($"{name} {cidr}");
                break;
            case ["control", var ip]:
                _controlPlane.Add(IPAddress.Parse(ip));
                break;
            case ["ssh", var ip]:
                _ssh = IPAddress.Parse(ip);
                break;
            case ["allow", var name]:
                _allow.Add(name);
                break;
            default:
                throw new ArgumentException($"node.txt: {string.Join(' ', words)}");
        }
    }

    private void Change(string name, Func<LinkState, IReadOnlyList<AddressState>> read, Func<IReadOnlyList<AddressState>, IReadOnlyList<AddressState>> write)
    {
        var link = Current.Find(name)!;
        Current.Put(new LinkState { Name = name, Type = link.Type, Up = link.Up, Carrier = link.Carrier, Controller = link.Controller, Fields = link.Fields, Addresses = write(read(link)), Vlans = link.Vlans, PortOptions = link.PortOptions });
    }
}
