namespace NodeAgent.Native.Rtnl;

public enum RtnlEventKind
{
    LinkChanged,
    LinkRemoved,

    /// <summary>A port's bridge options or VLANs, or those of a bridge itself: <see cref="RtnlEvent.Link"/> is the bridge's view.</summary>
    BridgePortChanged,

    /// <summary>The link is no longer a port of the bridge; it may live on.</summary>
    BridgePortRemoved,
    AddressChanged,
    AddressRemoved,
    RouteChanged,
    RouteRemoved,
    NeighbourChanged,
    NeighbourRemoved,
}
