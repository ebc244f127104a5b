using System.Text;
using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Network.Health;
using NodeAgent.Tests.Support.Netlink;

namespace NodeAgent.Tests.Fuzz;

/// <summary>Reads bytes from outside; may refuse them with a <see cref="NetlinkException"/>, an RpcException or a LibvirtWireException and with nothing else.</summary>
public delegate void Reader(ReadOnlySpan<byte> input);

/// <summary>One reader and well-formed inputs to start from.</summary>
/// <param name="Name">As in test names and in the corpus' file names.</param>
/// <param name="Generate">A well-formed input.</param>
/// <param name="Start">Makes a reader for one thread, which may keep state from input to input.</param>
public sealed record FuzzTarget(string Name, Func<int, byte[]> Generate, Func<Reader> Start)
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        .. Codec.All.Select(Message),
        new("acknowledgement", Acknowledgements, () => Acknowledge),
        new("events", Events, () =>
        {
            var events = new List<RtnlEvent>();
            return input =>
            {
                events.Clear();
                RtnlMonitor.Decode(input, events);
            };
        }),
        .. StorageTargets.All,
        .. KvmTargets.All,
        .. RecordTargets.All,
        new("bonding-file", seed => Encoding.UTF8.GetBytes(BondingFiles.Text(seed)), () => input => BondingFile.Parse(Encoding.UTF8.GetString(input))),
        .. MigrationTargets.All,
        .. QmpTargets.All,
        .. HistoryTargets.All,
        .. LibvirtTargets.All,
        .. GuestTargets.All,
#if !GRPC_PACKAGES
        .. GrpcTargets.All,
#endif
    ];

    public static FuzzTarget Named(string name) => All.Single(target => target.Name == name);

    /// <summary>One model, decoded into again and again: what an earlier input left behind is part of the next one's state.</summary>
    private static FuzzTarget Message(Codec codec) => new(codec.Name, seed => Codec.Encode(codec.Model(seed)), () =>
    {
        var model = codec.Create();
        return model.Decode;
    });

    private static void Acknowledge(ReadOnlySpan<byte> datagram)
    {
        var messages = new MessageReader(datagram);
        while (messages.Next())
        {
            var answer = Acknowledgement.Decode(messages.Header, messages.Payload);
            if (answer.Errno != 0)
                answer.ToException("fuzz", "acknowledgement", datagram);
        }
    }

    private static byte[] Acknowledgements(int seed)
    {
        var (done, capped) = ((seed & 2) != 0, (seed & 1) != 0);
        using var writer = new NetlinkWriter();
        var message = writer.BeginMessage(
            done ? MessageHeader.Done : MessageHeader.Error,
            capped ? MessageFlags.Capped | MessageFlags.AckAttributes : MessageFlags.AckAttributes);
        writer.WriteStruct(-1 - seed);
        if (!done)
            writer.WriteStruct(new MessageHeader { Length = 32, Type = 16 });
        if (!done && !capped)
            writer.WriteStruct(new MessageHeader());
        writer.WriteString(1, "the kernel's own words");
        writer.WriteUInt32(2, 16);
        writer.WriteUInt32(5, 3);
        writer.WriteUInt32(6, 20);
        writer.EndMessage(message);
        return writer.Written.ToArray();
    }

    private static byte[] Events(int seed)
    {
        using var writer = new NetlinkWriter();
        for (var i = 0; i < 3; i++)
        {
            var model = Codec.All[(seed * 3 + i) % Codec.All.Count].Model(seed);
            var message = writer.BeginMessage((ushort)(NewType(model) + seed % 2), MessageFlags.Multi);
            model.Encode(writer);
            writer.EndMessage(message);
        }

        return writer.Written.ToArray();
    }

    /// <summary>RTM_NEWLINK, NEWADDR, NEWROUTE, NEWNEIGH; one more is RTM_DEL….</summary>
    private static int NewType(INetlinkMessage model) => model switch
    {
        LinkMessage => 16,
        AddressMessage => 20,
        RouteMessage => 24,
        _ => 28,
    };
}
