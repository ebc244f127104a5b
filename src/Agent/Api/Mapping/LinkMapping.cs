using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Api.Mapping;

/// <summary>A link as it is, to the API and back without loss.</summary>
internal static class LinkMapping
{
    /// <param name="link">The link.</param>
    /// <param name="routes">The routes that leave by it, where the message is to have them.</param>
    public static V1.Link ToWire(LinkState link, IEnumerable<RouteState>? routes = null)
    {
        var wire = new V1.Link
        {
            Name = link.Name,
            Index = link.Index,
            Type = link.Type.ToText(),
            Kind = link.Kind,
            Up = link.Up,
            Carrier = link.Carrier,
            OperState = link.OperState,
            LowerElsewhere = link.LowerElsewhere,
            Vlans = link.Vlans is { } vlans ? VlanMapping.ToWire(vlans) : null,
            Bond = link.Bond is { } bond ? BondMapping.ToWire(bond) : null,
            BondPort = link.BondPort is { } port ? BondMapping.ToWire(port) : null,
        };
        if (link.Controller is { } controller) wire.Controller = controller;
        if (link.BaseLink is { } lower) wire.BaseLink = lower;
        if (link.PermanentMac is { } permanent) wire.PermanentMac = permanent;
        foreach (var address in link.Addresses) wire.Addresses.Add(new V1.Address { Cidr = address.Cidr.ToString(), Dynamic = address.Dynamic, LinkLocal = address.LinkLocal });
        WriteFields(link.Fields, wire);
        FieldMapping.Write(link.PortOptions, wire.PortOptions);
        foreach (var route in routes ?? []) wire.Routes.Add(RouteMapping.ToWire(route));
        return wire;
    }

    /// <exception cref="FormatException">An address is none.</exception>
    public static LinkState FromWire(V1.Link wire) => new()
    {
        Index = wire.Index,
        Name = wire.Name,
        Type = Type(wire.Type),
        Kind = wire.Kind,
        Up = wire.Up,
        Carrier = wire.Carrier,
        OperState = wire.OperState,
        Controller = wire.HasController ? wire.Controller : null,
        LowerElsewhere = wire.LowerElsewhere,
        Fields = ReadFields(wire),
        PortOptions = FieldMapping.Read(wire.PortOptions),
        Vlans = wire.Vlans is { } vlans ? VlanMapping.FromWire(vlans) : null,
        Addresses = [.. wire.Addresses.Select(static a => new AddressState(AddressMapping.Cidr(a.Cidr), a.Dynamic, a.LinkLocal))],
        PermanentMac = wire.HasPermanentMac ? wire.PermanentMac : null,
        Bond = wire.Bond is { } bond ? BondMapping.FromWire(bond) : null,
        BondPort = wire.BondPort is { } port ? BondMapping.FromWire(port) : null,
    };

    /// <summary>The type of a name; a name that only a newer agent knows is another kind of link.</summary>
    public static InterfaceType Type(string name) => name switch
    {
        "loopback" => InterfaceType.Loopback,
        "tun" => InterfaceType.Tun,
        _ => InterfaceTypes.TryParse(name, out var type) ? type : InterfaceType.Other,
    };

    private static void WriteFields(FieldSet fields, V1.Link wire)
    {
        foreach (ref readonly var entry in fields.AsSpan())
        {
            if (ReferenceEquals(entry.Field, CommonFields.Mtu)) wire.Mtu = (uint)entry.Value.Number;
            else if (ReferenceEquals(entry.Field, CommonFields.MacAddress)) wire.MacAddress = entry.Text;
            else wire.Fields.Add(new V1.Field { Path = entry.Field.Path, Value = entry.Text });
        }
    }

    private static FieldSet ReadFields(V1.Link wire)
    {
        var fields = new FieldSet();
        if (wire.HasMtu) fields.Set(CommonFields.Mtu, wire.Mtu);
        if (wire.HasMacAddress) fields.Set(CommonFields.MacAddress, wire.MacAddress);
        return FieldMapping.Read(wire.Fields, fields);
    }
}
