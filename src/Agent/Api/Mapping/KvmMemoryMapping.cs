using NodeAgent.Kvm.Model;

namespace NodeAgent.Api.Mapping;

/// <summary>Hugepages, NUMA nodes and merged pages, to messages and back.</summary>
internal static class KvmMemoryMapping
{
    public static V1.HugepagePool ToWire(HugepagePool pool)
    {
        var message = new V1.HugepagePool { SizeBytes = pool.SizeBytes, Total = pool.Total, Free = pool.Free };
        if (pool.NumaNode is { } node) message.NumaNode = node;
        if (pool.Reserved is { } reserved) message.Reserved = reserved;
        if (pool.Surplus is { } surplus) message.Surplus = surplus;
        return message;
    }

    public static HugepagePool FromWire(V1.HugepagePool message) => new(
        message.SizeBytes,
        message.HasNumaNode ? message.NumaNode : null,
        message.Total,
        message.Free,
        message.HasReserved ? message.Reserved : null,
        message.HasSurplus ? message.Surplus : null);

    public static V1.NumaNode ToWire(NumaNode node)
    {
        var message = new V1.NumaNode { Id = node.Id };
        if (node.Cpus is { } cpus) message.Cpus = cpus;
        if (node.MemoryBytes is { } memory) message.MemoryBytes = memory;
        if (node.FreeBytes is { } free) message.FreeBytes = free;
        if (node.Distances is { } distances) message.Distances = distances;
        return message;
    }

    public static NumaNode FromWire(V1.NumaNode message) => new(
        message.Id,
        message.HasCpus ? message.Cpus : null,
        message.HasMemoryBytes ? message.MemoryBytes : null,
        message.HasFreeBytes ? message.FreeBytes : null,
        message.HasDistances ? message.Distances : null);

    public static V1.Ksm ToWire(KsmFacts ksm)
    {
        var message = new V1.Ksm();
        if (ksm.Running is { } running) message.Running = running;
        if (ksm.PagesShared is { } shared) message.PagesShared = shared;
        if (ksm.PagesSharing is { } sharing) message.PagesSharing = sharing;
        return message;
    }

    public static KsmFacts FromWire(V1.Ksm message) => new(
        message.HasRunning ? message.Running : null,
        message.HasPagesShared ? message.PagesShared : null,
        message.HasPagesSharing ? message.PagesSharing : null);
}
