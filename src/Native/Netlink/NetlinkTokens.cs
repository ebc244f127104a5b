namespace NodeAgent.Native.Netlink;

/// <summary>An open message of a <see cref="NetlinkWriter"/>.</summary>
public readonly record struct MessageToken(int Start);

/// <summary>An open nested attribute of a <see cref="NetlinkWriter"/>.</summary>
public readonly record struct NestedToken(int Start);
