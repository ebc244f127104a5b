namespace NodeAgent.Migration.Libvirt.Wire;

/// <summary>Numbers of the programs that libvirt's RPC carries.</summary>
public static class Programs
{
    /// <summary>REMOTE_PROGRAM of src/remote/remote_protocol.x.</summary>
    public const uint Remote = 0x20008086;

    /// <summary>KEEPALIVE_PROGRAM of src/rpc/virkeepaliveprotocol.x.</summary>
    public const uint Keepalive = 0x6b656570;
}
