using System.Text;

namespace NodeAgent.Native.Rtnl;

/// <summary>Names of link kinds (IFLA_INFO_KIND): one shared string each, and the part that describes it.</summary>
public static class LinkKinds
{
    public const string Bond = "bond";
    public const string Bridge = "bridge";
    public const string Dummy = "dummy";
    public const string Ifb = "ifb";
    public const string Macvlan = "macvlan";
    public const string Macvtap = "macvtap";
    public const string Tun = "tun";
    public const string Veth = "veth";
    public const string Vlan = "vlan";
    public const string Vxlan = "vxlan";

    internal static string Intern(ReadOnlySpan<byte> name, string? known)
    {
        if (known is not null && Ascii.Equals(name, known))
            return known;
        return name switch
        {
            _ when name.SequenceEqual("bond"u8) => Bond,
            _ when name.SequenceEqual("bridge"u8) => Bridge,
            _ when name.SequenceEqual("dummy"u8) => Dummy,
            _ when name.SequenceEqual("ifb"u8) => Ifb,
            _ when name.SequenceEqual("macvlan"u8) => Macvlan,
            _ when name.SequenceEqual("macvtap"u8) => Macvtap,
            _ when name.SequenceEqual("tun"u8) => Tun,
            _ when name.SequenceEqual("veth"u8) => Veth,
            _ when name.SequenceEqual("vlan"u8) => Vlan,
            _ when name.SequenceEqual("vxlan"u8) => Vxlan,
            _ => Encoding.UTF8.GetString(name),
        };
    }

    /// <summary>The description that belongs to a kind, <paramref name="reuse"/> if it is of the right type; null for kinds not modelled.</summary>
    internal static Kinds.LinkData? DataFor(string? kind, Kinds.LinkData? reuse) => kind switch
    {
        Bond => reuse as Kinds.Bond ?? new Kinds.Bond(),
        Bridge => reuse as Kinds.Bridge ?? new Kinds.Bridge(),
        Dummy => reuse as Kinds.Dummy ?? new Kinds.Dummy(),
        Macvlan or Macvtap => reuse as Kinds.Macvlan ?? new Kinds.Macvlan(),
        Tun => reuse as Kinds.Tun ?? new Kinds.Tun(),
        Veth => reuse as Kinds.Veth ?? new Kinds.Veth(),
        Vlan => reuse as Kinds.Vlan ?? new Kinds.Vlan(),
        Vxlan => reuse as Kinds.Vxlan ?? new Kinds.Vxlan(),
        _ => null,
    };

    /// <summary>As <see cref="DataFor"/>, for what a master says about its port (IFLA_INFO_SLAVE_KIND).</summary>
    internal static Kinds.LinkData? PortDataFor(string? kind, Kinds.LinkData? reuse) => kind switch
    {
        Bond => reuse as Kinds.BondPort ?? new Kinds.BondPort(),
        Bridge => reuse as Kinds.BridgePort ?? new Kinds.BridgePort(),
        _ => null,
    };
}
