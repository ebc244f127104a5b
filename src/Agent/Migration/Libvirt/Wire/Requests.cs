using System.Text;
using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Libvirt.Wire;

/// <summary>Whole packets of calls; the connection puts in the serial when it sends one.</summary>
public static class Requests
{
    /// <summary>VIR_DRV_FEATURE_PROGRAM_KEEPALIVE: to ask for it is to switch it on.</summary>
    private const int FeatureKeepalive = 10;

    private const uint OnlyRead = 1;

    /// <summary>VIR_DOMAIN_JOB_STATS_COMPLETED | VIR_DOMAIN_JOB_STATS_KEEP_COMPLETED: without the second the record is gone for everybody else.</summary>
    private const uint KeptRecord = 3;

    /// <summary>VIR_DOMAIN_STATS_DIRTYRATE</summary>
    private const uint DirtyRateStats = 512;

    /// <summary>VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT: says nothing of a domain whose job lock is taken, and does not wait for it.</summary>
    private const uint NoWait = 1u << 29;

    private static readonly PacketHeader s_pong = new(Programs.Keepalive, Procedures.KeepalivePong, PacketKind.Message, 0, false);

    public static byte[] AuthList() => Make(Procedures.AuthList, 0, static (ref _, _) => { }, 0);

    public static byte[] AuthPolkit() => Make(Procedures.AuthPolkit, 0, static (ref _, _) => { }, 0);

    public static byte[] ConnectGetType() => Make(Procedures.ConnectGetType, 0, static (ref _, _) => { }, 0);

    public static byte[] Keepalive() => Make(Procedures.ConnectSupportsFeature, 4, static (ref writer, feature) => writer.WriteInt32(feature), FeatureKeepalive);

    /// <param name="uri">Empty: the daemon's own. (None at all opens nothing in libvirtd 9.0.)</param>
    /// <param name="readOnly">Whatever the socket would allow.</param>
    public static byte[] ConnectOpen(string uri, bool readOnly)
    {
        var name = Encoding.UTF8.GetBytes(uri);
        return Make(Procedures.ConnectOpen, XdrWriter.StringLength(name.Length) + 8, static (ref writer, of) =>
        {
            writer.WriteUInt32(1);
            writer.WriteString(of.name);
            writer.WriteUInt32(of.flags);
        }, (name, flags: readOnly ? OnlyRead : 0));
    }

    /// <summary>Events of all domains.</summary>
    public static byte[] RegisterEvent(DomainEvent domainEvent) => Make(Procedures.DomainEventRegisterAny, 8, static (ref writer, id) =>
    {
        writer.WriteInt32(id);
        writer.WriteUInt32(0);
    }, (int)domainEvent);

    public static byte[] LookupByName(byte[] name) =>
        Make(Procedures.DomainLookupByName, XdrWriter.StringLength(name.Length), static (ref writer, name) => writer.WriteString(name), name);

    public static byte[] LookupByUuid(UInt128 uuid) => Make(Procedures.DomainLookupByUuid, 16, static (ref writer, uuid) => RemoteDomain.WriteUuid(ref writer, uuid), uuid);

    public static byte[] JobStats(RemoteDomain domain) => JobStats(domain, 0);

    /// <summary>Of the last job that ended, which libvirt goes on keeping.</summary>
    public static byte[] JobRecord(RemoteDomain domain) => JobStats(domain, KeptRecord);

    /// <summary>The longest downtime that was set, in milliseconds. A connection that only reads may ask for that, but not for the bandwidth that was set.</summary>
    public static byte[] DowntimeLimit(RemoteDomain domain) => Make(Procedures.DomainMigrateGetMaxDowntime, domain.Length + 4, static (ref writer, domain) =>
    {
        domain.Write(ref writer);
        writer.WriteUInt32(0);
    }, domain);

    public static byte[] DirtyRate(RemoteDomain domain) => Make(Procedures.ConnectGetAllDomainStats, domain.Length + 12, static (ref writer, domain) =>
    {
        writer.WriteUInt32(1);
        domain.Write(ref writer);
        writer.WriteUInt32(DirtyRateStats);
        writer.WriteUInt32(NoWait);
    }, domain);

    public static byte[] StartDirtyRate(RemoteDomain domain, int seconds, DirtyRateMode mode) => Make(Procedures.DomainStartDirtyRateCalc, domain.Length + 8, static (ref writer, of) =>
    {
        of.domain.Write(ref writer);
        writer.WriteInt32(of.seconds);
        writer.WriteUInt32(of.mode switch { DirtyRateMode.DirtyBitmap => 1, DirtyRateMode.DirtyRing => 2, _ => 0u });
    }, (domain, seconds, mode));

    public static byte[] Pong()
    {
        var packet = new byte[PacketHeader.Size];
        var writer = new XdrWriter(packet);
        s_pong.Write(ref writer, packet.Length);
        return packet;
    }

    private static byte[] JobStats(RemoteDomain domain, uint flags) => Make(Procedures.DomainGetJobStats, domain.Length + 4, static (ref writer, of) =>
    {
        of.domain.Write(ref writer);
        writer.WriteUInt32(of.flags);
    }, (domain, flags));

    private static byte[] Make<T>(int procedure, int length, Body<T> body, T of)
    {
        var packet = new byte[PacketHeader.Size + length];
        var writer = new XdrWriter(packet);
        new PacketHeader(Programs.Remote, procedure, PacketKind.Call, 0, false).Write(ref writer, packet.Length);
        body(ref writer, of);
        return packet;
    }

    private delegate void Body<in T>(ref XdrWriter writer, T of);
}
