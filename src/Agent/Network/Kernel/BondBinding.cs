using System.Globalization;
using NodeAgent.Native.Rtnl;
using NodeAgent.Native.Rtnl.Kinds;
using NodeAgent.Network.Model;
using static NodeAgent.Network.Kernel.Bindings;
using static NodeAgent.Network.Schema.BondFields;

namespace NodeAgent.Network.Kernel;

/// <summary>Bonds: IFLA_BOND_*.</summary>
internal static class BondBinding
{
    private static readonly IReadOnlyList<Binding<Bond>> s_bindings =
    [
        new(Mode, b => Of((long?)b.Mode), (b, v) => b.Mode = (Native.Rtnl.Kinds.BondMode)v.Number),
        new(Miimon, b => Of(b.MiiMonitorInterval), (b, v) => b.MiiMonitorInterval = (uint)v.Number),
        new(Updelay, b => Of(b.UpDelay), (b, v) => b.UpDelay = (uint)v.Number),
        new(Downdelay, b => Of(b.DownDelay), (b, v) => b.DownDelay = (uint)v.Number),
        new(UseCarrier, b => Of(b.UseCarrier), (b, v) => b.UseCarrier = v.Number != 0),
        new(ArpInterval, b => Of(b.ArpInterval), (b, v) => b.ArpInterval = (uint)v.Number),
        new(ArpIpTarget, b => Of(Join(b.ArpIpTargets)), (b, v) => b.ArpIpTargets = Split(v.Text!)),
        new(ArpValidate, b => Of((long?)b.ArpValidate), (b, v) => b.ArpValidate = (BondArpValidate)v.Number),
        new(ArpAllTargets, b => Of((long?)b.ArpAllTargets), (b, v) => b.ArpAllTargets = (BondArpAllTargets)v.Number),
        new(MissedMax, b => Of(b.MissedMax), (b, v) => b.MissedMax = (byte)v.Number),
        new(PrimaryReselect, b => Of((long?)b.PrimaryReselect), (b, v) => b.PrimaryReselect = (BondPrimaryReselect)v.Number),
        new(FailOverMac, b => Of((long?)b.FailOverMac), (b, v) => b.FailOverMac = (BondFailOverMac)v.Number),
        new(XmitHashPolicy, b => Of((long?)b.TransmitHashPolicy), (b, v) => b.TransmitHashPolicy = (BondTransmitHashPolicy)v.Number),
        new(ResendIgmp, b => Of(b.ResendIgmp), (b, v) => b.ResendIgmp = (uint)v.Number),
        new(NumPeerNotif, b => Of(b.PeerNotifications), (b, v) => b.PeerNotifications = (byte)v.Number),
        new(PeerNotifDelay, b => Of(b.PeerNotificationDelay), (b, v) => b.PeerNotificationDelay = (uint)v.Number),
        new(AllSlavesActive, b => Of(b.AllPortsActive), (b, v) => b.AllPortsActive = v.Number != 0),
        new(MinLinks, b => Of(b.MinLinks), (b, v) => b.MinLinks = (uint)v.Number),
        new(LpInterval, b => Of(b.LearningPacketInterval), (b, v) => b.LearningPacketInterval = (uint)v.Number),
        new(PacketsPerSlave, b => Of(b.PacketsPerPort), (b, v) => b.PacketsPerPort = (uint)v.Number),
        new(LacpRate, b => Of((long?)b.LacpRate), (b, v) => b.LacpRate = (BondLacpRate)v.Number),
        new(LacpActive, b => Of(b.LacpActive), (b, v) => b.LacpActive = v.Number != 0),
        new(AdSelect, b => Of((long?)b.AdSelect), (b, v) => b.AdSelect = (BondAdSelect)v.Number),
        new(AdActorSysPrio, b => Of(b.AdActorSystemPriority), (b, v) => b.AdActorSystemPriority = (ushort)v.Number),
        new(AdActorSystem, b => b.AdActorSystem is { Value: > 0 } mac ? FieldValue.Of(mac.ToString()) : null, (b, v) => b.AdActorSystem = MacAddress.Parse(v.Text!)),
        new(AdUserPortKey, b => Of(b.AdUserPortKey), (b, v) => b.AdUserPortKey = (ushort)v.Number),
        new(TlbDynamicLb, b => Of(b.TlbDynamicLoadBalancing), (b, v) => b.TlbDynamicLoadBalancing = v.Number != 0),
    ];

    public static void Read(Bond bond, INames names, FieldSet fields)
    {
        var all = new FieldSet();
        Bindings.Read(s_bindings, bond, all);
        if (bond.Primary is { } primary && names.NameOf(primary) is { } name) all.Set(Primary, name);
        var mode = (int)(bond.Mode ?? 0);
        foreach (var entry in all)
        {
            // What the kernel reports but would refuse to be told again is not a field of this bond.
            var modes = ModesOf(entry.Field);
            if (modes is not null && !modes.Contains(mode)) continue;
            if (bond.MiiMonitorInterval is null or 0 && (entry.Field == Updelay || entry.Field == Downdelay || entry.Field == PeerNotifDelay)) continue;
            fields.Set(entry.Field, entry.Value);
        }
    }

    public static Bond Write(FieldSet fields, INames names)
    {
        var bond = new Bond();
        Bindings.Write(s_bindings, fields, bond);
        // Index 0 takes the primary back.
        if (fields.Text(Primary) is { } primary) bond.Primary = primary.Length == 0 ? 0 : names.IndexOf(primary);
        return bond;
    }

    /// <summary>What the bond is doing.</summary>
    public static BondStatus ReadState(Bond bond, INames names) => new()
    {
        ActivePort = bond.ActivePort is { } active ? names.NameOf(active) : null,
        Aggregator = bond.AdInfo?.AggregatorId,
        AggregatorPorts = bond.AdInfo?.Ports,
        ActorKey = bond.AdInfo?.ActorKey,
        PartnerKey = bond.AdInfo?.PartnerKey,
        PartnerMac = bond.AdInfo?.PartnerMac?.ToString(),
    };

    /// <summary>What the bond says of a port.</summary>
    public static BondPortStatus ReadPort(BondPort port) => new()
    {
        Monitor = port.MiiStatus switch
        {
            BondMiiStatus.Up => LinkMonitorState.Up,
            BondMiiStatus.GoingDown => LinkMonitorState.GoingDown,
            BondMiiStatus.ComingBack => LinkMonitorState.ComingBack,
            _ => LinkMonitorState.Down,
        },
        Active = port.State == BondPortState.Active,
        LinkFailures = port.LinkFailureCount ?? 0,
        Aggregator = port.AggregatorId,
        Actor = (LacpState?)(byte?)port.ActorOperPortState,
        Partner = (LacpState?)(byte?)port.PartnerOperPortState,
    };

    private static string? Join(List<InetAddress>? targets) => targets is { Count: > 0 } ? string.Join(",", targets) : null;

    private static List<InetAddress> Split(string targets) =>
        [.. targets.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(t => InetAddress.Parse(t.ToString(CultureInfo.InvariantCulture)))];
}
