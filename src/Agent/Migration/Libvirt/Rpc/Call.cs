using NodeAgent.Migration.Libvirt.Wire;
using NodeAgent.Migration.Sources;

namespace NodeAgent.Migration.Libvirt.Rpc;

/// <summary>A call in flight. Exactly one of its two ends comes, for each time that it is sent.</summary>
internal abstract class Call
{
    /// <summary>Set by the connection, as the rest.</summary>
    internal uint Serial { get; set; }

    internal int Procedure { get; set; }

    internal long SentAt { get; set; }

    /// <summary>How many packets had come when it was sent.</summary>
    internal long PacketsBefore { get; set; }

    /// <summary>On the thread that receives: must return at once.</summary>
    /// <param name="failed">The payload is an error.</param>
    /// <param name="reader">The payload.</param>
    /// <exception cref="LibvirtWireException">It is no answer; <see cref="Fail"/> follows.</exception>
    internal abstract void Answer(bool failed, ref XdrReader reader);

    /// <summary>There will be no answer, or none is waited for any longer.</summary>
    internal abstract void Fail(GuestSourceException why);
}
