namespace NodeAgent.Native.Rtnl;

/// <summary>RTNLGRP_… of linux/rtnetlink.h: multicast groups, by number.</summary>
internal static class RtnlGroup
{
    internal const int Link = 1;
    internal const int Neighbour = 3;
    internal const int IPv4Address = 5;
    internal const int IPv4Route = 7;
    internal const int IPv6Address = 9;
    internal const int IPv6Route = 11;
}
