namespace NodeAgent.Native.Netlink;

/// <summary>
/// A message used in both directions: decoding fills it, encoding writes the properties that are not null.
/// Decoding into an instance that was filled before reuses its strings, lists and parts where they say the same.
/// </summary>
public interface INetlinkMessage
{
    /// <param name="payload">What follows the message header.</param>
    /// <exception cref="NetlinkException">The payload is malformed; the instance is then partly filled.</exception>
    void Decode(ReadOnlySpan<byte> payload);

    /// <summary>Appends the payload.</summary>
    void Encode(NetlinkWriter writer);
}
