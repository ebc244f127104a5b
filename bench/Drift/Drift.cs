using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;

namespace NodeAgent.Bench.Drift;

/// <summary>A way to make the node other than its policy wants it.</summary>
/// <param name="What">In words.</param>
/// <param name="Cause">Adds the request that does it.</param>
/// <param name="Drifted">True for the kernel's event that says so.</param>
/// <param name="Repaired">True for the event that says that all is well again.</param>
internal sealed record Drift(string What, Action<NetlinkBatch> Cause, Predicate<RtnlEvent> Drifted, Predicate<RtnlEvent> Repaired);
