using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;
using NodeAgent.Network.Spec.Yaml;

namespace NodeAgent.Network.Spec.Reading;

/// <summary>Reads one entry of `interfaces:`.</summary>
internal sealed class InterfaceReader
{
    private readonly ReadContext _context;
    private readonly YamlMap _map;
    private readonly string _path;
    private readonly InterfaceType? _type;
    private readonly FieldSet _fields = new();
    private IReadOnlyList<PortSpec>? _ports;
    private SourceMark _portsMark;

    private InterfaceReader(ReadContext context, YamlMap map, string path, InterfaceType? type) => (_context, _map, _path, _type) = (context, map, path, type);

    /// <summary>Null where an error was added, or where the document says `state: ignore`.</summary>
    public static InterfaceSpec? Read(YamlNode node, int index, ReadContext context)
    {
        var path = $"interfaces[{index}]";
        if (context.Map(node, path, "an interface (name, type, state, ...)") is not { } map) return null;
        string? name = null;
        if (map["name"] is { } nameNode) name = context.LinkName(nameNode, path + ".name");
        else context.Error(map.Mark, path, "has no name; write `name:` with the name of the link");
        if (name is not null) path = $"interfaces[{name}]";
        if (map["state"] is YamlScalar { Text: "ignore" })
        {
            context.Note(map.Mark, path, "has state ignore and is left alone");
            return null;
        }

        var type = map["type"] is { } typeNode ? TypeReader.Read(typeNode, path + ".type", context) : null;

        // Without a good name the rest is read all the same: all errors come at once.
        var read = new InterfaceReader(context, map, path, type).Read(name ?? "");
        return name is null ? null : read;
    }

    private InterfaceSpec Read(string name)
    {
        InterfaceState? state = null;
        IpSpec? ipv4 = null, ipv6 = null;
        var byMac = false;
        foreach (var entry in _map.Entries)
        {
            var path = $"{_path}.{entry.Key}";
            switch (entry.Key)
            {
                case "name" or "type" or "description":
                    break;
                case "state":
                    state = ReadState(entry.Value, path);
                    break;
                case "identifier":
                    byMac = ReadIdentifier(entry.Value, path);
                    break;
                case "ipv4" or "ipv6":
                    var ip = IpReader.Read(entry.Value, path, entry.Key == "ipv6", _context);
                    if (entry.Key == "ipv4") ipv4 = ip;
                    else ipv6 = ip;
                    break;
                default:
                    ReadField(entry, _path, "", FieldTree.Of(_type));
                    break;
            }
        }

        var mac = byMac ? TakeMatchMac() : null;
        return new InterfaceSpec(name)
        {
            Type = _type,
            State = state,
            Fields = mac is null ? _fields : Without(_fields, CommonFields.MacAddress),
            Ipv4 = ipv4,
            Ipv6 = ipv6,
            Ports = _ports,
            MatchMac = mac,
            Policy = _context.Policy,
            Mark = _map.Mark,
            TypeMark = _map["type"]?.Mark ?? default,
            StateMark = _map["state"]?.Mark ?? default,
            PortsMark = _portsMark,
        };
    }

    /// <summary>Reads a key of the interface (section "") or of one of its sections, and what is below it.</summary>
    private void ReadField(YamlEntry entry, string path, string section, FieldTree tree)
    {
        var key = KeyAliases.Canonical(section, entry.Key);
        var place = $"{path}.{entry.Key}";
        if (key == "port" && section is "link-aggregation" or "bridge" && tree[key] is null)
        {
            if (_ports is not null) _context.Error(entry.Mark, place, "the ports are given twice; keep one list");
            _portsMark = entry.Mark;
            _ports = section == "bridge" ? PortReader.BridgePorts(entry.Value, place, _context) : PortReader.BondPorts(entry.Value, place, _context);
            return;
        }

        var node = tree[key];
        if (node is null) OtherKey(entry, path, section, tree);
        else if (node.Field is { } field) FieldReader.Read(field, entry, place, _fields, _context);
        else ReadSection(entry.Value, place, section.Length == 0 ? key : $"{section}.{key}", node);
    }

    private void ReadSection(YamlNode value, string path, string section, FieldTree tree)
    {
        if (_context.Map(value, path, $"a map ({string.Join(", ", Keys(section, tree))})") is not { } map) return;
        foreach (var entry in map.Entries) ReadField(entry, path, section, tree);
    }

    private void OtherKey(YamlEntry entry, string path, string section, FieldTree tree)
    {
        if (section.Length > 0)
        {
            _context.OtherKey(entry, path, new KeyTable(Keys(section, tree)) { Refused = KnownKeys.SectionRefused(section), Ignored = KnownKeys.SectionIgnored(section) });
        }
        else if (_type is { } type && FieldTree.Of(null)[entry.Key] is not null)
        {
            if (entry.Value is YamlMap { Entries.Count: 0 }) return;
            var owner = Enum.GetValues<InterfaceType>().First(t => LinkSchema.Section(t) == entry.Key);
            _context.Error(entry.Mark, $"{path}.{entry.Key}", $"belongs to type {owner.ToText()}, this is type {type.ToText()}; change the type or remove it");
        }
        else
        {
            _context.OtherKey(entry, path, new KeyTable([.. KnownKeys.InterfaceValid, .. tree.Keys]) { Refused = KnownKeys.InterfaceRefused, Ignored = KnownKeys.InterfaceIgnored });
        }
    }

    private static IReadOnlyList<string> Keys(string section, FieldTree tree) =>
        section is "link-aggregation" or "bridge" ? [.. tree.Keys, "port"] : tree.Keys;

    private InterfaceState? ReadState(YamlNode node, string path)
    {
        switch ((node as YamlScalar)?.Text)
        {
            case "up":
                return InterfaceState.Up;
            case "down":
                return InterfaceState.Down;
            case "absent":
                return InterfaceState.Absent;
            default:
                _context.Expected(node, path, "up, down, absent or ignore");
                return null;
        }
    }

    private bool ReadIdentifier(YamlNode node, string path)
    {
        switch ((node as YamlScalar)?.Text)
        {
            case "name":
                return false;
            case "mac-address":
                return true;
            default:
                _context.Expected(node, path, "name or mac-address");
                return false;
        }
    }

    private string? TakeMatchMac()
    {
        var at = _map.Find("identifier")!.Value.Mark;
        if (_type is { } type && type != InterfaceType.Ethernet)
        {
            _context.Error(at, _path + ".identifier", $"only physical links are matched by MAC, this is type {type.ToText()}; remove identifier");
            return null;
        }

        if (_fields.Text(CommonFields.MacAddress) is { } mac) return mac;
        if (_map["mac-address"] is null) _context.Error(at, _path + ".identifier", "needs mac-address, the link's permanent MAC");
        return null;
    }

    private static FieldSet Without(FieldSet fields, Field field)
    {
        var rest = new FieldSet();
        foreach (var entry in fields)
        {
            if (!ReferenceEquals(entry.Field, field)) rest.Set(entry.Field, entry.Value, entry.Mark);
        }

        return rest;
    }
}
