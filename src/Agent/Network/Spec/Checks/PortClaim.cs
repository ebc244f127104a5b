using NodeAgent.Network.Model;

namespace NodeAgent.Network.Spec.Checks;

/// <summary>A port as a controller's list names it.</summary>
internal sealed record PortClaim(InterfaceSpec Controller, PortSpec Port)
{
    /// <summary>Where in the document it stands.</summary>
    public string Path => Controller.Type switch
    {
        InterfaceType.LinuxBridge => $"bridge.port[{Port.Name}]",
        InterfaceType.Bond => $"link-aggregation.port[{Port.Name}]",
        _ => $"port[{Port.Name}]",
    };
}
