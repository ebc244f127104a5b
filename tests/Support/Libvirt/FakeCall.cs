using System.Buffers.Binary;

namespace NodeAgent.Tests.Support.Libvirt;

/// <summary>A call that came to a <see cref="FakeLibvirt"/>.</summary>
/// <param name="Packet">All of it.</param>
public sealed record FakeCall(byte[] Packet)
{
    public int Procedure => BinaryPrimitives.ReadInt32BigEndian(Packet.AsSpan(12));

    public uint Serial => BinaryPrimitives.ReadUInt32BigEndian(Packet.AsSpan(20));

    /// <summary>Its last word: the flags of most.</summary>
    public int Flags => BinaryPrimitives.ReadInt32BigEndian(Packet.AsSpan(Packet.Length - 4));

    public byte[] Reply(Xdr payload) => payload.Packet(Procedure, 1, Serial);

    public byte[] Error(int code, string message) => new Xdr().Int(code).Int(10).Int(1).String(message).Int(2).Packet(Procedure, 1, Serial, failed: true);
}
