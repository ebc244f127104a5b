namespace NodeAgent.Network.Model;

/// <summary>One interface of a document. Whatever is null or not in <see cref="Fields"/> is not named and so not touched.</summary>
public sealed record InterfaceSpec(string Name)
{
    /// <summary>The type; null where the document leaves it to what exists.</summary>
    public InterfaceType? Type { get; init; }

    public InterfaceState? State { get; init; }

    public FieldSet Fields { get; init; } = new();

    public IpSpec? Ipv4 { get; init; }

    public IpSpec? Ipv6 { get; init; }

    /// <summary>The ports of a bridge or bond, the complete list; null where not named.</summary>
    public IReadOnlyList<PortSpec>? Ports { get; init; }

    /// <summary>With `identifier: mac-address`: the permanent MAC of the physical link that is meant; Name is then the document's, not the kernel's.</summary>
    public string? MatchMac { get; init; }

    /// <summary>The policy it comes from.</summary>
    public string? Policy { get; init; }

    public SourceMark Mark { get; init; }

    /// <summary>Where `type:` is written.</summary>
    public SourceMark TypeMark { get; init; }

    /// <summary>Where `state:` is written.</summary>
    public SourceMark StateMark { get; init; }

    /// <summary>Where the list of ports is written.</summary>
    public SourceMark PortsMark { get; init; }

    public bool IsAbsent => State == InterfaceState.Absent;

    /// <summary>The link a VLAN, macvlan or VXLAN sits on, or null.</summary>
    public string? BaseLink => Fields.BaseLink;
}
