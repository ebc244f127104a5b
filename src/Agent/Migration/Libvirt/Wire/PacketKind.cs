namespace NodeAgent.Migration.Libvirt.Wire;

/// <summary>virNetMessageType of src/rpc/virnetprotocol.x.</summary>
public enum PacketKind
{
    Call = 0,

    Reply = 1,

    /// <summary>An event, and what keepalive sends: no reply to anything.</summary>
    Message = 2,
}
