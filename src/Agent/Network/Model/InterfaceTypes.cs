namespace NodeAgent.Network.Model;

/// <summary>nmstate's names of the link types.</summary>
public static class InterfaceTypes
{
    private static readonly (string Name, InterfaceType Type)[] s_names =
    [
        ("ethernet", InterfaceType.Ethernet),
        ("bond", InterfaceType.Bond),
        ("vlan", InterfaceType.Vlan),
        ("linux-bridge", InterfaceType.LinuxBridge),
        ("veth", InterfaceType.Veth),
        ("dummy", InterfaceType.Dummy),
        ("mac-vlan", InterfaceType.Macvlan),
        ("vxlan", InterfaceType.Vxlan),
    ];

    /// <summary>The names a document may use, in the order they are listed in errors.</summary>
    public static IEnumerable<string> Names => s_names.Select(n => n.Name);

    public static bool TryParse(string text, out InterfaceType type)
    {
        foreach (var (name, value) in s_names)
        {
            if (name == text)
            {
                type = value;
                return true;
            }
        }

        type = InterfaceType.Macvlan;
        return text == "macvlan";
    }

    public static string ToText(this InterfaceType type) => type switch
    {
        InterfaceType.Loopback => "loopback",
        InterfaceType.Tun => "tun",
        InterfaceType.Other => "other",
        _ => s_names[(int)type].Name,
    };

    /// <summary>True for links that exist only because somebody created them, so that they can be removed and created again.</summary>
    public static bool IsVirtual(this InterfaceType type) => type is not (InterfaceType.Ethernet or InterfaceType.Loopback);

    /// <summary>True where a document may call a link of type <paramref name="observed"/> a <paramref name="desired"/>: a veth end serves as an ethernet port, as in nmstate.</summary>
    public static bool Matches(this InterfaceType desired, InterfaceType observed) =>
        desired == observed || (desired == InterfaceType.Ethernet && observed == InterfaceType.Veth);
}
