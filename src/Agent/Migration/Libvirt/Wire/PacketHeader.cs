namespace NodeAgent.Migration.Libvirt.Wire;

/// <summary>What every packet of libvirt's RPC begins with, after its length (virNetMessageHeader of src/rpc/virnetprotocol.x).</summary>
/// <param name="Program">One of <see cref="Programs"/>.</param>
/// <param name="Procedure">What of it: <see cref="Procedures"/>.</param>
/// <param name="Kind">Call, reply or event.</param>
/// <param name="Serial">Of the call, and of its reply; 0 in events.</param>
/// <param name="Failed">The payload of a reply is an error.</param>
public readonly record struct PacketHeader(uint Program, int Procedure, PacketKind Kind, uint Serial, bool Failed)
{
    /// <summary>With the length before it.</summary>
    public const int Size = 28;

    /// <summary>
    /// libvirt's own limit is 32 MiB. The longest answer to what is asked here, statistics of one domain, takes less than 100 KiB; an error's text less than 4 MiB.
    /// </summary>
    public const int MostBytes = 4 << 20;

    /// <summary>Where the serial is in a packet.</summary>
    public const int SerialOffset = 20;

    private const uint Version = 1;
    private const uint StatusError = 1;

    /// <summary>How long a packet is, itself included.</summary>
    /// <exception cref="LibvirtWireException">No packet can be so long.</exception>
    public static int LengthOf(uint claimed) => claimed switch
    {
        < Size => throw new LibvirtWireException($"expected a packet of at least {Size} bytes, found one that claims {claimed}"),
        > MostBytes => throw new LibvirtWireException($"expected a packet of at most {MostBytes} bytes, found one that claims {claimed}"),
        _ => (int)claimed,
    };

    /// <summary>After the length.</summary>
    public static PacketHeader Read(ref XdrReader reader)
    {
        var program = reader.ReadUInt32();
        if (reader.ReadUInt32() is var version && version != Version) throw reader.Wrong($"expected version {Version} of program 0x{program:x}, found {version}");
        var procedure = reader.ReadInt32();
        var kind = reader.ReadUInt32();
        if (kind > (uint)PacketKind.Message) throw reader.Wrong($"expected a call, a reply or an event, found a packet of kind {kind}");
        var serial = reader.ReadUInt32();
        var status = reader.ReadUInt32();
        if (status > StatusError) throw reader.Wrong($"expected a packet in one piece, found status {status}");
        return new PacketHeader(program, procedure, (PacketKind)kind, serial, status == StatusError);
    }

    /// <summary>With the length of the whole packet before it.</summary>
    public void Write(ref XdrWriter writer, int length)
    {
        writer.WriteUInt32((uint)length);
        writer.WriteUInt32(Program);
        writer.WriteUInt32(Version);
        writer.WriteInt32(Procedure);
        writer.WriteUInt32((uint)Kind);
        writer.WriteUInt32(Serial);
        writer.WriteUInt32(Failed ? StatusError : 0);
    }
}
