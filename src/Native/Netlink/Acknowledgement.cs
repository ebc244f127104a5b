using System.Runtime.InteropServices;

namespace NodeAgent.Native.Netlink;

/// <summary>What an NLMSG_ERROR or NLMSG_DONE message says: struct nlmsgerr and the extended acknowledgement attributes.</summary>
public readonly record struct Acknowledgement
{
    private const ushort AttrMessage = 1;
    private const ushort AttrOffset = 2;
    private const ushort AttrMissingType = 5;
    private const ushort AttrMissingNest = 6;

    /// <summary>Zero for success, else a positive error number.</summary>
    public int Errno { get; private init; }

    public string? Message { get; private init; }

    /// <summary>Offset in the request of the attribute at fault.</summary>
    public int? Offset { get; private init; }

    /// <summary>The attribute the kernel misses.</summary>
    public int? MissingType { get; private init; }

    public static Acknowledgement Decode(in MessageHeader header, ReadOnlySpan<byte> payload)
    {
        if (payload.Length < 4)
        {
            // A dump's end may come without a status: then it is success.
            if (header.Type == MessageHeader.Done)
                return default;
            throw NetlinkException.Malformed(MessageHeader.Size, $"an acknowledgement carries {payload.Length} bytes where 4 were expected");
        }

        var errno = MemoryMarshal.Read<int>(payload);
        var result = new Acknowledgement { Errno = errno < 0 ? -Math.Max(errno, -int.MaxValue) : 0 };
        if ((header.Flags & MessageFlags.AckAttributes) == 0)
            return result;
        var at = AttributesStart(header, payload, result.Errno);
        return at >= payload.Length ? result : result.WithAttributes(new AttributeReader(payload[at..], MessageHeader.Size + at));
    }

    /// <summary>After the status comes the request's header and, for an error without NLM_F_CAPPED, the whole request.</summary>
    private static int AttributesStart(in MessageHeader header, ReadOnlySpan<byte> payload, int errno)
    {
        if (header.Type == MessageHeader.Done)
            return 4;
        if (payload.Length < 4 + MessageHeader.Size)
            throw NetlinkException.Malformed(MessageHeader.Size, $"an acknowledgement carries {payload.Length} bytes where {4 + MessageHeader.Size} were expected");
        if (errno == 0 || (header.Flags & MessageFlags.Capped) != 0)
            return 4 + MessageHeader.Size;
        var request = MemoryMarshal.Read<MessageHeader>(payload[4..]);
        return request.Length < (uint)payload.Length ? 4 + (((int)request.Length + 3) & ~3) : payload.Length;
    }

    private Acknowledgement WithAttributes(AttributeReader r)
    {
        var result = this;
        int? nest = null;
        while (r.Next())
        {
            switch (r.Type)
            {
                case AttrMessage: result = result with { Message = r.AsString() }; break;
                case AttrOffset: result = result with { Offset = r.AsInt32() }; break;
                case AttrMissingType: result = result with { MissingType = r.AsInt32() }; break;
                case AttrMissingNest: nest = r.AsInt32(); break;
            }
        }
        return nest is null ? result : result with { Offset = nest };
    }

    /// <summary>The refusal as an exception; <paramref name="request"/>, if given, is asked which attribute the offset points at.</summary>
    public NetlinkException ToException(string operation, string @object, ReadOnlySpan<byte> request = default)
    {
        string? detail = null;
        if (MissingType is { } missing)
            detail = $"attribute {missing} is missing";
        else if (Offset is >= MessageHeader.Size and { } at && at + AttributeReader.HeaderLength <= request.Length)
            detail = $"attribute {MemoryMarshal.Read<ushort>(request[(at + 2)..]) & 0x3fff} is at fault";
        return new NetlinkException(operation, @object, Errno, Message, Offset, detail);
    }
}
