using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;
using NodeAgent.Network.Spec.Yaml;

namespace NodeAgent.Network.Spec.Reading;

/// <summary>Reads the list of ports of a bond (names) or a bridge (maps).</summary>
internal static class PortReader
{
    public static IReadOnlyList<PortSpec>? BondPorts(YamlNode node, string path, ReadContext context)
    {
        if (context.List(node, path, "a list of link names") is not { } list) return null;
        var ports = new List<PortSpec>();
        for (var i = 0; i < list.Items.Count; i++)
        {
            var item = list.Items[i];
            if (context.LinkName(item, $"{path}[{i}]") is { } name) Add(ports, new PortSpec(name) { Mark = item.Mark }, path, context);
        }

        return ports;
    }

    public static IReadOnlyList<PortSpec>? BridgePorts(YamlNode node, string path, ReadContext context)
    {
        if (context.List(node, path, "a list of ports: `- name: LINK`") is not { } list) return null;
        var ports = new List<PortSpec>();
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (BridgePort(list.Items[i], $"{path}[{i}]", path, context) is { } port) Add(ports, port, path, context);
        }

        return ports;
    }

    private static PortSpec? BridgePort(YamlNode node, string path, string listPath, ReadContext context)
    {
        if (node is YamlScalar { IsNull: false } scalar)
        {
            context.Error(node.Mark, path, $"expected a port, `- name: {scalar.Text}`, found {node.Found}");
            return null;
        }

        if (context.Map(node, path, "a port: `- name: LINK`") is not { } map) return null;
        if (map["name"] is not { } nameNode)
        {
            context.Error(map.Mark, path, "has no name; write `name:` with the name of the link");
            return null;
        }

        if (context.LinkName(nameNode, path + ".name") is not { } name) return null;
        path = $"{listPath}[{name}]";
        var options = new FieldSet();
        VlanTable? vlans = null;
        SourceMark vlanMark = default;
        foreach (var entry in map.Entries)
        {
            var place = $"{path}.{entry.Key}";
            if (entry.Key == "name") continue;
            if (entry.Key == "vlan")
            {
                vlans = PortVlanReader.Read(entry.Value, place, context);
                vlanMark = entry.Mark;
            }
            else if (BridgeFields.Port.FirstOrDefault(f => f.Key == entry.Key) is { } field)
            {
                FieldReader.Read(field, entry, place, options, context);
            }
            else
            {
                context.OtherKey(entry, path, new KeyTable(["name", "vlan", .. BridgeFields.Port.Select(f => f.Key)]));
            }
        }

        return new PortSpec(name) { Options = options, Vlans = vlans, Mark = map.Mark, VlanMark = vlanMark };
    }

    private static void Add(List<PortSpec> ports, PortSpec port, string path, ReadContext context)
    {
        // Lists of ports are short: a bridge has one uplink, a bond two or four.
        if (ports.Count < 64 ? ports.Any(p => p.Name == port.Name) : ports.ToLookup(p => p.Name).Contains(port.Name))
        {
            context.Error(port.Mark, $"{path}[{port.Name}]", "is listed twice; keep one");
            return;
        }

        ports.Add(port);
    }
}
