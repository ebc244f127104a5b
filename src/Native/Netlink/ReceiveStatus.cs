namespace NodeAgent.Native.Netlink;

/// <summary>What one attempt to receive gave.</summary>
public enum ReceiveStatus
{
    Data,

    /// <summary>Nothing is queued.</summary>
    Empty,

    /// <summary>ENOBUFS: the kernel dropped messages for want of room. Everything known so far may be stale.</summary>
    Overflow,

    /// <summary>A datagram was longer than the buffer and is lost; the buffer has been enlarged for the next one.</summary>
    Truncated,
}
