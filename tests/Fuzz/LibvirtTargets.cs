using NodeAgent.Migration.Libvirt.Rpc;
using NodeAgent.Migration.Libvirt.Wire;
using NodeAgent.Tests.Support.Libvirt;

namespace NodeAgent.Tests.Fuzz;

/// <summary>What libvirt's daemons send, from packets that a real one sent.</summary>
internal static class LibvirtTargets
{
    private static readonly UInt128 s_uuid = RemoteDomain.Parse("11111111-2222-3333-4444-555555555555")!.Value;

    public static IEnumerable<FuzzTarget> All =>
    [
        new("libvirt-stream", Stream, static () => ReadStream),
        new("libvirt-job", Payloads("job", "record", "idle"), static () => Reading(static (ref reader) => JobStatistics.Read(ref reader, default))),
        new("libvirt-dirty-rate", Payloads("dirty-none", "dirty-measuring", "dirty-measured"), static () => Reading(static (ref reader) => DirtyRateStatistics.Read(ref reader, s_uuid).BytesPerSecond)),
        new("libvirt-error", Payloads("lookup-unknown", "dirty-refused", "arriving"), static () => Reading(static (ref reader) => RemoteError.Read(ref reader).Message.Length)),
        new("libvirt-domain", Payloads("lookup"), static () => Reading(static (ref reader) => RemoteDomain.Read(ref reader).Shown.Length)),
    ];

    private static Func<int, byte[]> Payloads(params string[] topics)
    {
        // Answers of the one kind that the topic is about; events came between them.
        var payloads = topics.SelectMany(static topic => RecordedPackets.Answers(topic).Where(p => p.Bytes[19] == 1 && (p.Bytes[27] == 1) == (topic is "lookup-unknown" or "dirty-refused" or "arriving"))).Select(static p => p.Payload).ToArray();
        return seed => payloads[seed % payloads.Length];
    }

    private static Reader Reading<T>(ReplyReader<T> read) => input =>
    {
        var reader = new XdrReader(input);
        read(ref reader);
    };

    /// <summary>Some packets one after the other.</summary>
    private static byte[] Stream(int seed)
    {
        var answers = RecordedPackets.All.Where(static p => p.IsAnswer).ToArray();
        return [.. Enumerable.Range(seed, 3).SelectMany(i => answers[i * 7 % answers.Length].Bytes)];
    }

    /// <summary>As a connection reads, in pieces.</summary>
    private static void ReadStream(ReadOnlySpan<byte> input)
    {
        using var received = new PacketBuffer();
        var packets = new Packets();
        for (var rest = input; !rest.IsEmpty;)
        {
            var piece = rest[..Math.Min(rest.Length, 1 + (rest.Length / 3))];
            var free = received.Free().Span;
            piece = piece[..Math.Min(piece.Length, free.Length)];
            piece.CopyTo(free);
            received.Received(piece.Length, packets);
            rest = rest[piece.Length..];
        }

        if (packets.Bytes > input.Length) throw new InvalidOperationException($"{packets.Bytes} bytes of packets in {input.Length} bytes");
    }

    private sealed class Packets : IPacketReader, ILibvirtListener
    {
        public int Bytes { get; private set; }

        public void Take(ReadOnlySpan<byte> packet)
        {
            Bytes += packet.Length + 4;
            var reader = new XdrReader(packet);
            var header = PacketHeader.Read(ref reader);
            if (header.Kind == PacketKind.Message) EventReader.Read(header.Procedure, ref reader, this);
            else if (header.Failed) RemoteError.Read(ref reader);
        }

        public void Happened(UInt128 domain, Lifecycle lifecycle)
        {
        }

        public void Iterated(UInt128 domain, int iteration)
        {
        }

        public void Completed(UInt128 domain, in JobStatistics job)
        {
            if (job.Kind is JobKind.None) throw new InvalidOperationException("a completed job that is none");
        }
    }
}
