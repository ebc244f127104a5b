using NodeAgent.Native.Netlink;

namespace NodeAgent.Native.Rtnl;

/// <summary>The part of RTA_METRICS (RTAX_… of linux/rtnetlink.h) that static routes use; others are skipped.</summary>
public readonly record struct RouteMetrics(uint? Mtu, uint? AdvertisedMss = null, uint? HopLimit = null, uint? InitialWindow = null)
{
    private const int RTAX_MTU = 2;
    private const int RTAX_ADVMSS = 8;
    private const int RTAX_HOPLIMIT = 10;
    private const int RTAX_INITCWND = 11;

    internal static RouteMetrics Decode(AttributeReader reader)
    {
        var metrics = new RouteMetrics();
        while (reader.Next())
        {
            switch (reader.Type)
            {
                case RTAX_MTU: metrics = metrics with { Mtu = reader.AsUInt32() }; break;
                case RTAX_ADVMSS: metrics = metrics with { AdvertisedMss = reader.AsUInt32() }; break;
                case RTAX_HOPLIMIT: metrics = metrics with { HopLimit = reader.AsUInt32() }; break;
                case RTAX_INITCWND: metrics = metrics with { InitialWindow = reader.AsUInt32() }; break;
            }
        }

        return metrics;
    }

    internal void Encode(NetlinkWriter writer, int type)
    {
        var nested = writer.BeginNested(type);
        writer.WriteUInt32(RTAX_MTU, Mtu);
        writer.WriteUInt32(RTAX_ADVMSS, AdvertisedMss);
        writer.WriteUInt32(RTAX_HOPLIMIT, HopLimit);
        writer.WriteUInt32(RTAX_INITCWND, InitialWindow);
        writer.EndNested(nested);
    }
}
