using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Health;

/// <summary>A bond and what of its surroundings matters for judging it.</summary>
public sealed record BondCase
{
    public required LinkState Bond { get; init; }

    /// <summary>By name.</summary>
    public required IReadOnlyList<LinkState> Ports { get; init; }

    /// <summary>A policy describes it.</summary>
    public bool IsWanted { get; init; }

    /// <summary>That it is down is as its policy has it.</summary>
    public bool MayBeDown { get; init; }

    /// <summary>It, or a VLAN on it, is a port of a bridge: frames come from many MAC addresses.</summary>
    public bool IsBridged { get; init; }

    public long? Mode => Bond.Fields[BondFields.Mode]?.Number;

    public bool IsLacp => Mode == BondMode.Lacp;

    /// <summary>An option's number; null where it is not known or not of the mode.</summary>
    public long? Option(Field field) => Bond.Fields[field]?.Number;
}
