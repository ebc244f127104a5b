namespace NodeAgent.Migration.Libvirt.Rpc;

/// <summary>Takes whole packets.</summary>
internal interface IPacketReader
{
    /// <param name="packet">Without its length; good until this returns.</param>
    void Take(ReadOnlySpan<byte> packet);
}
