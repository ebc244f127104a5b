using NodeAgent.Native.Rtnl;

namespace NodeAgent.Metrics.Links;

/// <summary>What the kernel says of a link whenever its attributes in sysfs may be others: while it is the same, they need not be read again.</summary>
internal readonly record struct AttributeKey(LinkFlags Flags, OperState OperState, uint CarrierChanges, MacAddress? Address, int Master);
