using NodeAgent.Metrics.Instruments;
using NodeAgent.Native.Rtnl;

namespace NodeAgent.Metrics.Links;

/// <summary>What nodeagent_link_info says of a link.</summary>
internal readonly record struct LinkFacts(
    string Link,
    MacAddress? Address,
    MacAddress? Broadcast,
    string? Duplex,
    OperState OperState,
    bool IsUp,
    string? Alias,
    string? Kind,
    string? Controller) : ILabelFacts
{
    public static readonly string[] LabelNames = ["link", "address", "broadcast", "duplex", "operstate", "adminstate", "ifalias", "kind", "controller"];

    public LabelSet ToLabels() => new(
        ("link", Link),
        ("address", Address?.ToString() ?? ""),
        ("broadcast", Broadcast?.ToString() ?? ""),
        ("duplex", Duplex ?? ""),
        ("operstate", Word(OperState)),
        ("adminstate", IsUp ? "up" : "down"),
        ("ifalias", Alias ?? ""),
        ("kind", Kind ?? ""),
        ("controller", Controller ?? ""));

    // As in /sys/class/net/*/operstate.
    private static string Word(OperState state) => state switch
    {
        OperState.NotPresent => "notpresent",
        OperState.Down => "down",
        OperState.LowerLayerDown => "lowerlayerdown",
        OperState.Testing => "testing",
        OperState.Dormant => "dormant",
        OperState.Up => "up",
        _ => "unknown",
    };
}
