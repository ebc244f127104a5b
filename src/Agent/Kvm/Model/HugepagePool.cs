namespace NodeAgent.Kvm.Model;

/// <summary>Hugepages of one size on one NUMA node, or on all.</summary>
/// <param name="SizeBytes">Of a page.</param>
/// <param name="NumaNode">Null: over all nodes, as the kernel counts them.</param>
/// <param name="Total">Pages of the pool, surplus included.</param>
/// <param name="Free">Pages nobody uses, reserved ones included.</param>
/// <param name="Reserved">Promised and not yet used; null where not said (it is not, per node).</param>
/// <param name="Surplus">Beyond what was asked for, by overcommit.</param>
public sealed record HugepagePool(long SizeBytes, int? NumaNode, long Total, long Free, long? Reserved, long? Surplus);
