namespace NodeAgent.Tests.Support.Libvirt;

/// <summary>Packets of a real libvirtd, of tests/fixtures/libvirt.</summary>
/// <param name="Topic">What was being done: "job", "record" and so on.</param>
/// <param name="IsAnswer">From libvirt; else from its client.</param>
/// <param name="Bytes">All of it, with the length.</param>
public sealed record RecordedPackets(string Topic, bool IsAnswer, byte[] Bytes)
{
    public static IReadOnlyList<RecordedPackets> All { get; } =
    [
        .. File.ReadLines(Path.Combine(HostTree.Fixtures(), "libvirt", "wire-9.0.txt"))
            .Where(static line => line is not ['#', ..])
            .Select(static line => line.Split(' '))
            .Select(static parts => new RecordedPackets(parts[0], parts[1] == "<", Convert.FromHexString(parts[2]))),
    ];

    /// <summary>After the header.</summary>
    public byte[] Payload => Bytes[28..];

    /// <summary>Its answers, events among them, in their order.</summary>
    public static IEnumerable<RecordedPackets> Answers(string topic) => All.Where(packet => packet.IsAnswer && packet.Topic == topic);

    public static RecordedPackets Question(string topic) => All.First(packet => !packet.IsAnswer && packet.Topic == topic);
}
