using System.Text;
using System.Text.Json.Nodes;
using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;
using NodeAgent.Network.View;

namespace NodeAgent.Cli.Show;

/// <summary>One link for programs.</summary>
public static class LinkJson
{
    public static JsonObject Of(NetworkView view, LinkState link)
    {
        var ports = new List<string>(view.Snapshot.PortsOf(link.Name));
        var uppers = new List<string>(view.Snapshot.UppersOf(link.Name));
        ports.Sort(NaturalOrder.Compare);
        uppers.Sort(NaturalOrder.Compare);
        var node = new JsonObject
        {
            ["name"] = link.Name,
            ["index"] = link.Index,
            ["type"] = link.Type.ToText(),
            ["kind"] = link.Kind,
            ["up"] = link.Up,
            ["carrier"] = link.Carrier,
            ["operState"] = link.OperState,
            ["mtu"] = link.Fields[CommonFields.Mtu] is { } mtu ? mtu.Number : null,
            ["macAddress"] = link.Fields.Text(CommonFields.MacAddress),
            ["permanentMac"] = link.PermanentMac,
            ["controller"] = link.Controller,
            ["base"] = link.BaseLink,
            ["ports"] = ShowJson.List(ports, static p => JsonValue.Create(p)),
            ["uppers"] = ShowJson.List(uppers, static p => JsonValue.Create(p)),
            ["guest"] = view.IsGuest(link),
            ["addresses"] = ShowJson.List(link.Addresses, static a => new JsonObject
            {
                ["address"] = a.Cidr.ToString(),
                ["dynamic"] = a.Dynamic,
                ["linkLocal"] = a.LinkLocal,
            }),
            ["options"] = Options(link.Fields, link.Type),
            ["portOptions"] = Options(link.PortOptions, link.Type),
            ["vlans"] = link.Vlans is { } vlans ? Vlans(vlans) : null,
            ["bond"] = link.Bond is { } bond ? BondJson.Of(bond) : null,
            ["bondPort"] = link.BondPort is { } port ? BondJson.Of(port) : null,
            ["findings"] = ShowJson.List(LinkHealth.Of(view, link), static f => new JsonObject { ["state"] = f.State, ["severity"] = BondJson.Word(f.Severity), ["sentence"] = f.Sentence }),
            ["policies"] = ShowJson.List(view.OwnersOf(link.Name), static p => JsonValue.Create(p)),
        };
        return node;
    }

    public static JsonArray Vlans(VlanTable table) => ShowJson.List(table.Ranges, static r => new JsonObject
    {
        ["first"] = r.First,
        ["last"] = r.Last,
        ["pvid"] = r.Pvid,
        ["untagged"] = r.Untagged,
    });

    private static JsonObject Options(FieldSet fields, InterfaceType type)
    {
        var node = new JsonObject();
        foreach (var entry in fields)
        {
            if (!ReferenceEquals(entry.Field, CommonFields.Mtu) && !ReferenceEquals(entry.Field, CommonFields.MacAddress)) node[Name(entry.Field, type)] = Value(entry);
        }

        return node;
    }

    private static JsonValue Value(FieldEntry entry) => entry.Field.Type switch
    {
        FieldType.Flag => JsonValue.Create(entry.Value.Number != 0),
        FieldType.Number => JsonValue.Create(entry.Value.Number),
        _ => JsonValue.Create(entry.Text),
    };

    /// <summary>"link-aggregation.options.lacp_rate" is lacpRate, "bridge.options.stp.enabled" is stpEnabled.</summary>
    private static string Name(Field field, InterfaceType type)
    {
        var path = field.Path.AsSpan();
        if (LinkSchema.Section(type) is { } section && path.StartsWith(section + ".")) path = path[(section.Length + 1)..];
        if (path.StartsWith("options.")) path = path["options.".Length..];
        var name = new StringBuilder(path.Length);
        var upper = false;
        foreach (var c in path)
        {
            if (c is '-' or '_' or '.')
            {
                upper = true;
                continue;
            }

            name.Append(upper ? char.ToUpperInvariant(c) : c);
            upper = false;
        }

        return name.ToString();
    }
}
